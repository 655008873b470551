#include "capture/media_proof.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/disk.h"
#include "base/json.h"
#include "capture/capture.h"
#include "capture/http_message.h"

namespace gavah::capture {
namespace {

constexpr std::size_t kHashDigits = 64;
constexpr std::string_view kHashName = "File Hash SHA256";
constexpr std::string_view kMadeName = "Proof Generated";

/// The digest that a member is named after; empty when it is none.
std::string hash_in(std::string_view name) {
  const std::string_view digits = base_name(name).substr(0, kHashDigits);
  const bool is_hash = digits.size() == kHashDigits && std::ranges::all_of(digits, [](char c) {
                         return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
                       });
  return is_hash ? ascii_lower(digits) : std::string();
}

struct Stated {
  std::string hash;
  std::string made;
};

Stated read_json(std::string_view text) {
  const auto json = Json::parse(text);
  if (!json) return {};
  const Json& proof = json->items().empty() ? *json : json->items().front();
  return {ascii_lower(proof.text_of(kHashName)), std::string(proof.text_of(kMadeName))};
}

/// A line of names, then a line of values.
Stated read_csv(std::string_view text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return {};
  const std::vector<std::string> names = csv_cells(trim(text.substr(0, end)), ',');
  const std::vector<std::string> values = csv_cells(trim(text.substr(end + 1)), ',');
  Stated out;
  for (std::size_t i = 0; i < std::min(names.size(), values.size()); ++i) {
    if (names[i] == kHashName) out.hash = ascii_lower(values[i]);
    if (names[i] == kMadeName) out.made = values[i];
  }
  return out;
}

}  // namespace

bool MediaProofs::is_proof(std::string_view name) {
  return !hash_in(name).empty() && (name.ends_with(".proof.csv") || name.ends_with(".proof.json"));
}

bool MediaProofs::is_beside(std::string_view name) {
  constexpr auto kEndings = std::to_array<std::string_view>({".asc", ".ots", ".gst", ".cert", ".sig", ".pem"});
  const bool has_ending = std::ranges::any_of(kEndings, [&](auto ending) { return name.ends_with(ending); });
  return is_proof(name) || has_ending || base_name(name) == "HowToVerifyProofData.txt";
}

void MediaProofs::note(std::string_view name, std::string_view text) {
  const Stated stated = name.ends_with(".json") ? read_json(text) : read_csv(text);
  // The name and what the proof states are one digest; where they differ the proof is about nothing that can be told.
  if (stated.hash.empty() || stated.hash != hash_in(name)) return;
  Proof& proof = proofs_[stated.hash];
  if (const auto made = Instant::parse(stated.made); made && !proof.made) proof.made = *made;
}

void MediaProofs::note_signature(std::string_view name) {
  const std::string hash = hash_in(name);
  const auto found = proofs_.find(hash);
  if (found != proofs_.end() && name.ends_with(".asc")) found->second.is_signed = true;
}

std::map<std::string, std::string> MediaProofs::hints_of(const Digest& digest) {
  const auto found = proofs_.find(digest.hex());
  if (found == proofs_.end()) return {};
  found->second.is_met = true;
  std::map<std::string, std::string> out{{"proof", "ProofMode"}};
  if (found->second.is_signed) out["signed"] = "1";
  return out;
}

std::optional<Instant> MediaProofs::made(const Digest& digest) const {
  const auto found = proofs_.find(digest.hex());
  return found == proofs_.end() ? std::nullopt : found->second.made;
}

std::vector<std::string> MediaProofs::missing() const {
  std::vector<std::string> out;
  for (const auto& [hash, proof] : proofs_) {
    if (!proof.is_met) out.push_back(hash);
  }
  return out;
}

}  // namespace gavah::capture
