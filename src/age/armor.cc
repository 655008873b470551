#include "age/armor.h"

#include "base/bytes.h"

namespace gavah::age {
namespace {

constexpr std::string_view kBegin = "-----BEGIN AGE ENCRYPTED FILE-----";
constexpr std::string_view kEnd = "-----END AGE ENCRYPTED FILE-----";
constexpr std::string_view kSpace = " \t\r\n\v\f";
constexpr std::size_t kColumns = 64;

std::unexpected<Error> malformed(std::string_view what) {
  return fail(ErrorCode::invalid_input, std::string("malformed age armor: ").append(what));
}

std::string_view without_space_around(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

/// Takes the line at the front, without its end.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

bool is_armored(std::string_view file) { return without_space_around(file).starts_with(kBegin); }

Result<std::string> unarmored(std::string_view file) {
  std::string_view rest = without_space_around(file);
  if (take_line(rest) != kBegin) return malformed("its first line");
  std::string out;
  bool is_last = false;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (line == kEnd)
      return rest.empty() ? Result<std::string>(std::move(out)) : malformed("something follows its end");
    if (is_last) return malformed("a line that is not full stands before the last");
    if (line.empty() || line.size() > kColumns) return malformed("a line is empty or too long");
    is_last = line.size() < kColumns || line.ends_with('=');
    auto bytes = from_base64(line);
    if (!bytes) return malformed(bytes.error().message);
    out.append(*bytes);
  }
  return malformed("it does not end");
}

}  // namespace gavah::age
