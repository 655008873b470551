#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a part of format "signal": one message, as a frame of a history that Signal writes ({"chatItem":…}), a row of
/// its database (sigtop) or a line of signal-export. Hints "author", "chat_title". Earlier versions of an edited
/// message that it carries become reports of their own.
void read_signal_message(ReportSet& set);

}  // namespace gavah::extract
