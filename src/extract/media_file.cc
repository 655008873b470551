#include "extract/media_file.h"

namespace gavah::extract {

void read_media_file(ReportSet& set) {
  const ExtractInput& input = set.input();
  if (input.capture.format != "file") return;
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
