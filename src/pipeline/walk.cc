#include "pipeline/walk.h"

#include <array>

#include "base/format.h"
#include "capture/capture.h"

namespace gavah::pipeline {
namespace {

struct Tool {
  std::string_view decoder;
  std::string_view command;
};
/// Each reads standard input and writes what the decoder of that name gives. `gzip` goes on into the members that
/// follow, behind all that the next range takes; python's zlib gives what stands before a stream's damage, as our
/// decoders do.
constexpr auto kTools = std::to_array<Tool>({
    {"gzip", "gzip -dc"},
    {"deflate",
     "python3 -c 'import sys, zlib; b = sys.stdin.buffer.read(); d = zlib.decompressobj(15 if b[0] % 16 == 8 and "
     "(b[0] * 256 + b[1]) % 31 == 0 else -15); sys.stdout.buffer.write(d.decompress(b))'"},
    {"zip",
     "python3 -c 'import sys, zlib; sys.stdout.buffer.write(zlib.decompressobj(-15).decompress(sys.stdin.buffer.read()"
     "))'"},
    {"brotli", "brotli -dc"},
    {"zstd", "zstd -dc"},
    {"http", R"(perl -0777 -pe 's/\A.*?\n\r?\n//s')"},
    {"dechunk", R"(perl -0777 -ne 'while (s/\A([0-9A-Fa-f]+)[^\n]*\n// && hex $1) )"
                R"({ print substr($_, 0, hex $1, ""); s/\A\r?\n// }')"},
    {"base64", "perl -MMIME::Base64 -0777 -ne 'tr{-_}{+/}; print decode_base64($_)'"},
    {"quoted-printable", R"(perl -0777 -pe 's/=\r?\n|=([0-9A-Fa-f]{2})/defined $1 ? chr hex $1 : ""/ge')"},
});

std::string_view command_of(std::string_view decoder) {
  for (const Tool& tool : kTools) {
    if (tool.decoder == decoder) return tool.command;
  }
  return {};
}

std::string range_command(ByteRange range, std::string_view file) {
  return format("tail -c +{} {} | head -c {}", range.begin + 1, file, range.size());
}

}  // namespace

std::vector<std::string> walk_commands(const Part& part) {
  std::vector<std::string> out;
  std::string from = "capture";
  for (std::size_t i = 0; i < part.chain.size(); ++i) {
    const ChainStep& step = part.chain[i];
    std::string line = range_command(step.range, from);
    if (const std::string_view tool = command_of(step.decoder); !tool.empty()) line += format(" | {}", tool);
    if (const auto dictionary = capture::dictionary_range(step.decoder)) {
      out.push_back(format("{} > dictionary; zstd -dc dictionary > unpacked 2>/dev/null && mv unpacked dictionary",
                           range_command(*dictionary, from)));
      line += " | zstd -dc -D dictionary";
    }
    const bool is_last = i + 1 == part.chain.size();
    if (is_last && step.decoder == "gzip") line += format(" | head -c {}", part.size_bytes);
    from = is_last ? "part" : format("step{}", i + 1);
    out.push_back(format("{} > {}", line, from));
  }
  out.push_back(format("sha256sum part   # {}", part.digest.hex()));
  return out;
}

std::string take_command(ByteRange range) { return range_command(range, "part"); }

std::string shell_word(std::string_view word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,@%+";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string_view::npos) return std::string(word);
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'')
      out += R"('\'')";
    else
      out.push_back(c);
  }
  return out + "'";
}

std::string hex_dump(std::string_view bytes, std::uint64_t begin) {
  constexpr std::size_t kLine = 16;
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += kLine) {
    const std::string_view line = bytes.substr(at, kLine);
    std::string hex;
    std::string shown;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const auto byte = static_cast<unsigned char>(line[i]);
      hex += format("{:02x}{}", byte, i % 2 == 1 ? " " : "");
      shown.push_back(byte >= 0x20 && byte < 0x7F ? line[i] : '.');
    }
    out += format("{:08x}: {:<40} {}\n", begin + at, hex, shown);
  }
  return out;
}

}  // namespace gavah::pipeline
