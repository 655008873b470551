#include "extract/media_file.h"

namespace gavah::extract {

void read_media_file(ReportSet& set) {
  const ExtractInput& input = set.input();
  // What a post names is the post's; what stands in a web archive is mostly a page's.
  const auto& hints = input.part.hints;
  if (hints.contains("post") || hints.contains("frame")) return;
  const bool is_alone = input.capture.format == "file" || hints.contains("alone") || hints.contains("page_id") ||
                        input.capture.hints.contains("media_alone");
  if (!is_alone) return;
  Report* report = set.add(ReportKind::media);
  const auto hint = [&](const std::string& key) {
    const auto found = input.part.hints.find(key);
    return found == input.part.hints.end() ? std::string() : found->second;
  };
  report->title = hint("title");
  report->author = hint("author");
  report->media = {{input.part.number, input.part.media_type, hint("caption")}};
}

}  // namespace gavah::extract
