#pragma once

// Front door of the text room.
#include "text/calendar.h"
#include "text/date.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/matcher.h"
#include "text/number.h"
#include "text/reading.h"
#include "text/sentence.h"
#include "text/token.h"
#include "text/word_diff.h"
#include "text/word_hash.h"
#include "text/word_table.h"
