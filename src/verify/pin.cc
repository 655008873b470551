#include "verify/pin.h"

#include <charconv>

#include "base/bytes.h"
#include "base/format.h"

namespace gavah::verify {
namespace {

Result<std::uint64_t> size_from(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) {
    return fail(ErrorCode::invalid_input, format("'{}' is no tree size", text.substr(0, 40)));
  }
  return value;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    if (end > at) words.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

Result<void> read_log(Pin& pin, const std::vector<std::string_view>& words) {
  if (words.size() < 2 || words.size() > 4) return fail(ErrorCode::invalid_input, "log VKEY [FIRST [LAST]]");
  RangedKey key;
  GAVAH_ASSIGN(key.key, proof::Verifier::parse(words[1]));
  if (words.size() > 2) {
    GAVAH_ASSIGN(key.first_size, size_from(words[2]));
  }
  if (words.size() > 3 && words[3] != "-") {
    GAVAH_ASSIGN(key.last_size, size_from(words[3]));
  }
  if (key.last_size < key.first_size) return fail(ErrorCode::invalid_input, "a key's range ends before it begins");
  pin.log_keys.push_back(std::move(key));
  return {};
}

Result<void> read_block(Pin& pin, const std::vector<std::string_view>& words) {
  GAVAH_ASSIGN(const std::uint64_t height, size_from(words[1]));
  GAVAH_ASSIGN(const std::string bytes, from_hex(words[2]));
  GAVAH_ASSIGN(proof::BlockHeader header, proof::BlockHeader::parse(bytes));
  if (pin.blocks.emplace(height, std::move(header)).second) return {};
  return fail(ErrorCode::invalid_input, format("a pin has block {} twice", height));
}

Result<void> read_line(Pin& pin, std::string_view line) {
  const std::vector<std::string_view> words = words_of(line);
  if (words.empty() || words.front().starts_with('#')) return {};
  const std::string_view word = words.front();
  if (word == "log") return read_log(pin, words);
  if (word == "origin" && words.size() == 2 && pin.origin.empty()) {
    pin.origin = std::string(words[1]);
    return {};
  }
  if (word == "release" && words.size() == 2) {
    GAVAH_ASSIGN(proof::Verifier key, proof::Verifier::parse(words[1]));
    pin.release_keys.push_back(std::move(key));
    return {};
  }
  if (word == "head" && words.size() == 3) {
    Pin::Head head;
    GAVAH_ASSIGN(head.size, size_from(words[1]));
    GAVAH_ASSIGN(head.root, Digest::from_hex(words[2]));
    pin.heads.push_back(head);
    return {};
  }
  if (word == "tsa" && words.size() == 3) {
    GAVAH_ASSIGN(const Digest certificate, Digest::from_hex(words[2]));
    pin.time_authorities.push_back({std::string(words[1]), certificate});
    return {};
  }
  if (word == "block" && words.size() == 3) return read_block(pin, words);
  return fail(ErrorCode::invalid_input, format("a pin has no line '{}'", line.substr(0, 60)));
}

}  // namespace

Result<Pin> Pin::parse(std::string_view text) {
  if (text.size() > kMaxPinBytes) return fail(ErrorCode::invalid_input, "a pin is longer than 1 MiB");
  Pin pin;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    GAVAH_TRY_AS(read_line(pin, text.substr(at, end - at)), "reading a pin");
    at = end + 1;
  }
  if (pin.origin.empty()) return fail(ErrorCode::invalid_input, "a pin names no origin");
  if (pin.log_keys.empty()) return fail(ErrorCode::invalid_input, "a pin has no log key");
  if (pin.release_keys.empty()) return fail(ErrorCode::invalid_input, "a pin has no release key");
  return pin;
}

std::string Pin::text() const {
  std::string out = format("origin {}\n", origin);
  for (const RangedKey& key : log_keys) {
    out += format("log {} {} {}\n", key.key.text(), key.first_size,
                  key.last_size == UINT64_MAX ? std::string("-") : std::to_string(key.last_size));
  }
  for (const proof::Verifier& key : release_keys) out += format("release {}\n", key.text());
  for (const auto& authority : time_authorities) {
    out += format("tsa {} {}\n", authority.name, authority.certificate.hex());
  }
  for (const auto& [height, header] : blocks) out += format("block {} {}\n", height, to_hex(header.bytes));
  for (const Head& head : heads) out += format("head {} {}\n", head.size, head.root.hex());
  return out;
}

}  // namespace gavah::verify
