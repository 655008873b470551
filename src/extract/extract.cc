#include "extract/extract.h"

#include "extract/activity.h"
#include "extract/bluesky_post.h"
#include "extract/chat_line.h"
#include "extract/meta_message.h"
#include "extract/page_article.h"
#include "extract/plain_text.h"
#include "extract/report_set.h"
#include "extract/table_row.h"
#include "extract/telegram_message.h"
#include "extract/telegram_page.h"
#include "extract/x_post.h"

namespace gavah::extract {
namespace {

/// Offsets are 32 bits wide, and a page or post this large is none.
constexpr std::size_t kPartBytes = std::size_t{64} << 20U;

}  // namespace

std::vector<Report> extract(const ExtractInput& input, const IdSecret& secret) {
  ReportSet set(input, secret);
  const std::string& format = input.part.format;
  if (input.bytes.size() > kPartBytes) {
    set.add(ReportKind::article)->hollow = "too large to read";
  } else if (format == "html") {
    read_page(set);
  } else if (format == "text") {
    read_plain_text(set);
  } else if (format == "x-v1") {
    read_x_v1(set);
  } else if (format == "x-v2") {
    read_x_v2(set);
  } else if (format == "x-note") {
    read_x_note(set);
  } else if (format == "telegram") {
    read_telegram_message(set);
  } else if (format == "telegram-page") {
    read_telegram_page(set);
  } else if (format == "bluesky") {
    read_bluesky_post(set);
  } else if (format == "activity") {
    read_activity(set);
  } else if (format == "chat-line") {
    read_chat_line(set);
  } else if (format == "meta-message") {
    read_meta_message(set);
  } else if (format == "csv-row") {
    read_table_row(set);
  }
  return set.finish();
}

}  // namespace gavah::extract
