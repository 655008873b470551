#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// One message of a chat that Telegram Desktop exported as HTML ("telegram-page"). Its date has a zone since version 4;
/// before, it is the exporter's clock and the day is all that is known. Hints: "chat_title"; "author" and
/// "forwarded_from" where the message leaves them to the one before it.
void read_telegram_page(ReportSet& set);

}  // namespace gavah::extract
