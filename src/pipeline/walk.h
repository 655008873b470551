#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "model/capture.h"

namespace gavah::pipeline {

/// A part's chain as commands of a shell, one a step: the file `capture` holds the capture's bytes, "step1" … what each
/// step gives, "part" what the last one gives. They need tail, head, gzip, perl, python3, brotli and zstd, each only
/// where the chain has its coding, and nothing of ours.
std::vector<std::string> walk_commands(const Part& part);

/// The command that takes `range` out of the file "part".
std::string take_command(ByteRange range);

/// A word for a shell, in single quotes where it needs them.
std::string shell_word(std::string_view word);

/// Bytes as `xxd` prints them, 16 a line: offset, hexadecimal, printable ASCII. `begin` is the first one's offset.
std::string hex_dump(std::string_view bytes, std::uint64_t begin);

}  // namespace gavah::pipeline
