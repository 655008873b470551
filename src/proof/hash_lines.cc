#include "proof/hash_lines.h"

#include <charconv>

#include "base/bytes.h"
#include "base/format.h"

namespace gavah::proof {

std::string hash_lines(const Proof& proof) {
  std::string out;
  for (const Digest& hash : proof) out.append(to_base64(hash.view())).append("\n");
  return out;
}

Result<Proof> take_hash_lines(std::string_view& rest) {
  Proof out;
  for (;;) {
    GAVAH_ASSIGN_AS(const std::string_view line, take_line(rest), "reading the hashes up to an empty line");
    if (line.empty()) return out;
    if (out.size() == kMaxProofLines) return fail(ErrorCode::invalid_input, "a proof has more than 63 hashes");
    GAVAH_ASSIGN(out.emplace_back(), Digest::from_base64(line));
  }
}

Result<std::uint64_t> parse_tree_size(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool is_whole = !digits.empty() && error == std::errc() && end == digits.data() + digits.size();
  if (!is_whole || value > INT64_MAX || (digits.front() == '0' && digits.size() > 1)) {
    return fail(ErrorCode::invalid_input, format("'{}' is no tree size", digits.substr(0, 40)));
  }
  return value;
}

Result<std::string_view> take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return fail(ErrorCode::invalid_input, "a line is cut");
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

Result<std::string_view> take_line_of(std::string_view& rest, std::string_view word) {
  GAVAH_ASSIGN(const std::string_view line, take_line(rest));
  if (!line.starts_with(word) || line.substr(word.size(), 1) != " ") {
    return fail(ErrorCode::invalid_input, format("a line should begin with '{}'", word));
  }
  return line.substr(word.size() + 1);
}

}  // namespace gavah::proof
