#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a part of format "chat-line": one message of a chat exported as text (WhatsApp, Signal). Hints "author",
/// "words", "date", "day". The phone's clock names no zone: only the day is taken, and only where the file proves the
/// order of its numbers; else the time is open and the phrase is kept. Words that stand for a file ("<Media omitted>")
/// are media, not text; a message that was deleted is hollow.
void read_chat_line(ReportSet& set);

}  // namespace gavah::extract
