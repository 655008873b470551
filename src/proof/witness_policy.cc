#include "proof/witness_policy.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/check.h"
#include "base/format.h"

namespace gavah::proof {
namespace {

constexpr std::string_view kNone = "none";
using Words = std::vector<std::string_view>;

std::unexpected<Error> refuse(std::string message) { return fail(ErrorCode::invalid_input, std::move(message)); }

bool is_allowed(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

Words words_of(std::string_view line) {
  Words words;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
    if (end > at) words.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// Reads lines one after another into a policy.
class Reader {
 public:
  Result<void> take(std::string_view line) {
    if (!std::ranges::all_of(line, is_allowed)) return refuse("it holds a control character");
    const Words words = words_of(line);
    if (words.empty() || words.front().starts_with('#')) return {};
    if (words.front() == "log") return take_log(words);
    if (words.front() == "witness") return take_witness(words);
    if (words.front() == "group") return take_group(words);
    if (words.front() == "quorum") return take_quorum(words);
    return refuse(format("a policy has no line '{}'", words.front().substr(0, 40)));
  }

  Result<WitnessPolicy> finish() && {
    if (policy_.quorum.empty()) return refuse("it has no quorum line");
    return std::move(policy_);
  }

 private:
  Result<void> take_log(const Words& words) {
    if (words.size() < 2 || words.size() > 3) return refuse("log VKEY [URL]");
    GAVAH_ASSIGN(Verifier key, Verifier::parse(words[1]));
    if (!log_keys_.insert(key.key).second) return refuse("two logs have the same key");
    policy_.logs.push_back({std::move(key), words.size() == 3 ? std::string(words[2]) : std::string()});
    return check_count(policy_.logs.size());
  }

  Result<void> take_witness(const Words& words) {
    if (words.size() < 3 || words.size() > 4) return refuse("witness NAME VKEY [URL]");
    GAVAH_TRY(define(words[1]));
    GAVAH_ASSIGN(WitnessKey key, WitnessKey::parse(words[2]));
    if (!witness_keys_.insert(key.key).second) return refuse("two witnesses have the same key");
    policy_.witnesses.push_back(
        {std::string(words[1]), std::move(key), words.size() == 4 ? std::string(words[3]) : std::string()});
    return check_count(policy_.witnesses.size());
  }

  Result<void> take_group(const Words& words) {
    if (words.size() < 4) return refuse("group NAME all|any|K MEMBER...");
    WitnessPolicy::Group group{std::string(words[1]), 0, {words.begin() + 3, words.end()}};
    GAVAH_ASSIGN(group.threshold, threshold_from(words[2], group.members.size()));
    for (const std::string& member : group.members) {
      if (!names_.contains(member)) return refuse(format("'{}' is not defined before", member));
      if (!members_.insert(member).second) return refuse(format("'{}' is a member twice", member));
    }
    GAVAH_TRY(define(words[1]));
    policy_.groups.push_back(std::move(group));
    return check_count(policy_.groups.size());
  }

  Result<void> take_quorum(const Words& words) {
    if (words.size() != 2) return refuse("quorum NAME");
    if (!policy_.quorum.empty()) return refuse("it has two quorum lines");
    if (words[1] != kNone && !names_.contains(std::string(words[1]))) {
      return refuse(format("'{}' is not defined before", words[1]));
    }
    policy_.quorum = std::string(words[1]);
    return {};
  }

  Result<void> define(std::string_view name) {
    if (name == kNone) return refuse("the name 'none' is taken");
    if (!names_.insert(std::string(name)).second) return refuse(format("'{}' is defined twice", name));
    return {};
  }

  static Result<void> check_count(std::size_t count) {
    if (count > kMaxWitnessPolicyNames) return refuse("it has more than 1,000 logs, witnesses or groups");
    return {};
  }

  static Result<std::size_t> threshold_from(std::string_view word, std::size_t members) {
    if (word == "all") return members;
    if (word == "any") return std::size_t{1};
    std::size_t out = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), out);
    if (error != std::errc() || end != word.data() + word.size() || word.front() == '0' || out > members) {
      return refuse(format("'{}' is no threshold of {} members", word.substr(0, 40), members));
    }
    return out;
  }

  WitnessPolicy policy_;
  std::set<std::string, std::less<>> names_;
  std::set<std::string, std::less<>> members_;
  std::set<Ed25519PublicKey> log_keys_;
  std::set<Ed25519PublicKey> witness_keys_;
};

}  // namespace

Result<WitnessPolicy> WitnessPolicy::parse(std::string_view text) {
  if (text.size() > kMaxWitnessPolicyBytes) return refuse("a policy is longer than 1 MiB");
  Reader reader;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    ++number;
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return refuse(format("line {} of the policy is cut", number));
    GAVAH_TRY_AS(reader.take(text.substr(at, end - at)), format("reading line {} of the policy", number));
    at = end + 1;
  }
  GAVAH_ASSIGN_AS(WitnessPolicy policy, std::move(reader).finish(), "reading the policy");
  return policy;
}

std::string WitnessPolicy::text() const {
  const auto with_url = [](std::string line, const std::string& url) {
    if (!url.empty()) line.append(" ").append(url);
    return line.append("\n");
  };
  std::string out;
  for (const Log& log : logs) out += with_url("log " + log.key.text(), log.url);
  for (const Witness& witness : witnesses) {
    out += with_url(format("witness {} {}", witness.name, witness.key.text()), witness.url);
  }
  for (const Group& group : groups) {
    out += format("group {} {}", group.name, group.threshold);
    for (const std::string& member : group.members) out.append(" ").append(member);
    out.append("\n");
  }
  return out + format("quorum {}\n", quorum);
}

std::vector<WitnessKey> WitnessPolicy::keys() const {
  std::vector<WitnessKey> out;
  for (const Witness& witness : witnesses) out.push_back(witness.key);
  return out;
}

bool WitnessPolicy::is_met(const std::vector<bool>& have_signed) const {
  GAVAH_CHECK(have_signed.size() == witnesses.size());
  if (quorum == kNone) return true;
  std::map<std::string_view, bool> seen;
  for (std::size_t i = 0; i < witnesses.size(); ++i) seen[witnesses[i].name] = have_signed[i];
  for (const Group& group : groups) {
    const auto count = std::ranges::count_if(group.members, [&](const std::string& member) { return seen.at(member); });
    seen[group.name] = static_cast<std::size_t>(count) >= group.threshold;
  }
  return seen.at(quorum);
}

}  // namespace gavah::proof
