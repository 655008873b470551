#include "verify/pin.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/format.h"

namespace gavah::verify {
namespace {

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
    GAVAH_ASSIGN(key.first_size, proof::parse_tree_size(words[2]));
  }
  if (words.size() > 3 && words[3] != "-") {
    GAVAH_ASSIGN(key.last_size, proof::parse_tree_size(words[3]));
  }
  if (key.last_size < key.first_size) return fail(ErrorCode::invalid_input, "a key's range ends before it begins");
  if (std::ranges::find(pin.log_keys, key.key, &RangedKey::key) != pin.log_keys.end()) {
    return fail(ErrorCode::invalid_input, "a pin has a log key twice");
  }
  pin.log_keys.push_back(std::move(key));
  return {};
}

Result<void> read_block(Pin& pin, const std::vector<std::string_view>& words) {
  GAVAH_ASSIGN(const std::uint64_t height, proof::parse_tree_size(words[1]));
  GAVAH_ASSIGN(const std::string bytes, from_hex(words[2]));
  GAVAH_ASSIGN(proof::BlockHeader header, proof::BlockHeader::parse(bytes));
  if (pin.blocks.emplace(height, std::move(header)).second) return {};
  return fail(ErrorCode::invalid_input, format("a pin has block {} twice", height));
}

Result<void> read_line(Pin& pin, std::string& policy, std::string_view line) {
  const std::vector<std::string_view> words = words_of(line);
  if (words.empty() || words.front().starts_with('#')) return {};
  const std::string_view word = words.front();
  if (word == "witness" || word == "group" || word == "quorum") {
    policy.append(line).append("\n");
    return {};
  }
  if (word == "policy" && words.size() == 2 && pin.policy_file.empty()) {
    pin.policy_file = std::string(words[1]);
    return {};
  }
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
    GAVAH_ASSIGN(head.size, proof::parse_tree_size(words[1]));
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
  std::string policy;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    GAVAH_TRY_AS(read_line(pin, policy, line), "reading a pin");
    at = end + 1;
  }
  if (pin.origin.empty()) return fail(ErrorCode::invalid_input, "a pin names no origin");
  if (pin.log_keys.empty() && pin.policy_file.empty()) return fail(ErrorCode::invalid_input, "a pin has no log key");
  if (pin.release_keys.empty()) return fail(ErrorCode::invalid_input, "a pin has no release key");
  if (policy.empty()) return pin;
  if (!pin.policy_file.empty()) {
    return fail(ErrorCode::invalid_input, "a pin has lines of a policy and a line that names a file of one");
  }
  GAVAH_TRY_AS(pin.adopt(policy), "reading a pin");
  return pin;
}

Result<void> Pin::adopt(std::string_view policy_text) {
  if (policy) return fail(ErrorCode::refused, "two witness policies were given");
  GAVAH_ASSIGN(policy, proof::WitnessPolicy::parse(policy_text));
  policy_file.clear();
  if (!log_keys.empty()) return {};
  for (const proof::WitnessPolicy::Log& log : policy->logs) log_keys.push_back({log.key, 0, UINT64_MAX});
  if (log_keys.empty()) return fail(ErrorCode::invalid_input, "neither pin nor policy has a log key");
  return {};
}

std::vector<proof::Verifier> Pin::verifiers() const {
  std::vector<proof::Verifier> out;
  for (const RangedKey& key : log_keys) out.push_back(key.key);
  return out;
}

Result<proof::CosignedHead> open_head(std::string_view note, const Pin& pin) {
  const std::vector<proof::Verifier> keys = pin.verifiers();
  const std::vector<proof::WitnessKey> witnesses = pin.policy ? pin.policy->keys() : std::vector<proof::WitnessKey>();
  GAVAH_ASSIGN(proof::CosignedHead head, proof::open_cosigned(note, keys, witnesses));
  if (head.checkpoint.origin != pin.origin) {
    return fail(ErrorCode::invalid_input, "it is of another log than the pin's");
  }
  const std::uint64_t size = head.checkpoint.size;
  const bool is_in_range = std::ranges::any_of(head.log_keys, [&](std::size_t at) {
    return pin.log_keys[at].first_size <= size && size <= pin.log_keys[at].last_size;
  });
  if (!is_in_range) {
    return fail(ErrorCode::invalid_input, format("no key that may sign size {} has signed it", size));
  }
  return head;
}

Result<void> read_witness_policy(Disk& disk, const std::string& folder, Pin& pin) {
  if (pin.policy_file.empty()) return {};
  const bool is_absolute = pin.policy_file.starts_with('/') || folder.empty();
  const std::string path = is_absolute ? pin.policy_file : join_path(folder, pin.policy_file);
  GAVAH_ASSIGN_AS(const std::string text, disk.read(path), "reading the witness policy");
  GAVAH_TRY_AS(pin.adopt(text), format("taking in {}", path));
  return {};
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
  if (!policy_file.empty()) out += format("policy {}\n", policy_file);
  if (!policy) return out;
  proof::WitnessPolicy witnesses = *policy;
  witnesses.logs.clear();
  return out + witnesses.text();
}

}  // namespace gavah::verify
