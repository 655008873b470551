#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a part of format "telegram": one message of a Telegram Desktop export; hints "chat_title", "chat_id". The
/// stretches of a formatted text are joined. A service message gives no report.
/// The clock of "date" is the exporter's own and its zone is not said: without "date_unixtime" only the day is taken.
void read_telegram_message(ReportSet& set);

}  // namespace gavah::extract
