#include "extract/extract.h"

#include <algorithm>
#include <array>

#include "extract/activity.h"
#include "extract/archive_record.h"
#include "extract/bluesky_post.h"
#include "extract/chat_line.h"
#include "extract/mastodon_status.h"
#include "extract/media_file.h"
#include "extract/meta_message.h"
#include "extract/meta_post.h"
#include "extract/oembed.h"
#include "extract/page_article.h"
#include "extract/pdf_document.h"
#include "extract/plain_text.h"
#include "extract/report_set.h"
#include "extract/revisit.h"
#include "extract/signal_message.h"
#include "extract/table_row.h"
#include "extract/telegram_message.h"
#include "extract/telegram_page.h"
#include "extract/video_info.h"
#include "extract/x_post.h"

namespace gavah::extract {
namespace {

/// Offsets are 32 bits wide, and a page or post this large is none.
constexpr std::size_t kPartBytes = std::size_t{64} << 20U;

struct Reader {
  std::string_view format;
  void (*read)(ReportSet& set);
};
constexpr auto kReaders = std::to_array<Reader>({{"html", read_page},
                                                 {"pdf", read_pdf},
                                                 {"text", read_plain_text},
                                                 {"x-v1", read_x_v1},
                                                 {"x-v2", read_x_v2},
                                                 {"x-note", read_x_note},
                                                 {"telegram", read_telegram_message},
                                                 {"telegram-page", read_telegram_page},
                                                 {"bluesky", read_bluesky_post},
                                                 {"activity", read_activity},
                                                 {"mastodon-status", read_mastodon_status},
                                                 {"video-info", read_video_info},
                                                 {"video-comment", read_video_comment},
                                                 {"chat-line", read_chat_line},
                                                 {"signal", read_signal_message},
                                                 {"meta-message", read_meta_message},
                                                 {"meta-post", read_meta_post},
                                                 {"csv-row", read_table_row},
                                                 {"json-row", read_table_row},
                                                 {"archive-record", read_archive_record},
                                                 {"oembed", read_oembed},
                                                 {"xlsx-row", read_table_row},
                                                 {"revisit", read_revisit},
                                                 {"media", read_media_file}});

}  // namespace

std::vector<Report> extract(const ExtractInput& input, const IdSecret& secret) {
  ReportSet set(input, secret);
  const auto reader = std::ranges::find(kReaders, input.part.format, &Reader::format);
  if (input.bytes.size() > kPartBytes && input.part.format != "media") {
    set.add(ReportKind::article)->hollow = "too large to read";
  } else if (reader != kReaders.end()) {
    reader->read(set);
  }
  return set.finish();
}

}  // namespace gavah::extract
