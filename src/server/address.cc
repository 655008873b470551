#include "server/address.h"

#include "base/utf8.h"

namespace gavah::server {

namespace {

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Result<std::string> decode(std::string_view escaped) {
  std::string out;
  out.reserve(escaped.size());
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] != '%') {
      out.push_back(escaped[i]);
      continue;
    }
    const int high = i + 1 < escaped.size() ? digit_of(escaped[i + 1]) : -1;
    const int low = i + 2 < escaped.size() ? digit_of(escaped[i + 2]) : -1;
    if (high < 0 || low < 0) return fail(ErrorCode::invalid_input, "a broken escape in the address");
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  if (out.find('\0') != std::string::npos || !is_utf8(out)) {
    return fail(ErrorCode::invalid_input, "the address is not UTF-8 text");
  }
  return out;
}

}  // namespace

std::string_view Address::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters) {
    if (key == name) return value;
  }
  return {};
}

Result<Address> Address::parse(std::string_view target) {
  if (target.size() > kMaxTargetBytes) return fail(ErrorCode::invalid_input, "the address is too long");
  if (!target.starts_with('/')) return fail(ErrorCode::invalid_input, "the address does not begin with '/'");
  const std::size_t question = target.find('?');
  Address address;
  GAVAH_ASSIGN(address.path, decode(target.substr(0, question)));
  std::string_view rest = question == std::string_view::npos ? std::string_view() : target.substr(question + 1);
  while (!rest.empty()) {
    if (address.parameters.size() == kMaxParameters) return fail(ErrorCode::invalid_input, "too many parameters");
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    GAVAH_ASSIGN(std::string key, decode(pair.substr(0, equals)));
    GAVAH_ASSIGN(std::string value,
                 decode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1)));
    address.parameters.emplace_back(std::move(key), std::move(value));
  }
  return address;
}

}  // namespace gavah::server
