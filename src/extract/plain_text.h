#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a part of format "text": an article as plain lines. Title: the first line when it reads as one; author and
/// date: lines of the head that say only that; furniture lines are left out; hard-wrapped lines are joined; posts of
/// which only the text is left become reports of their own.
void read_plain_text(ReportSet& set);

}  // namespace gavah::extract
