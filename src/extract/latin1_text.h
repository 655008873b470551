#pragma once

#include <string>

#include "extract/mapped_text.h"

namespace gavah::extract {

/// Downloads of Facebook and Instagram write each byte of UTF-8 as the letter that has its number in Latin-1. A string
/// is put right where all of it is such: no letter above U+00FF, and the bytes are UTF-8 that is not ASCII. Another
/// stays as it is.
std::string put_right(std::string text);

/// Appends `raw` to `out`, put right; each letter leads back to the bytes of the letters that it was written as.
void write_put_right(const MappedText& raw, MappedText& out);

}  // namespace gavah::extract
