#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/json.h"

namespace gavah {

/// How something was collected, as the operator states it: what the Berkeley Protocol (OHCHR, HR/PUB/20/2, para 155)
/// asks to be kept with each item. Sealed with the capture and never published: it names people and machines. Empty is
/// unknown.
struct Collection {
  std::string requested_url;           ///< as asked for
  std::string final_url;               ///< where the redirects led
  std::vector<std::string> redirects;  ///< addresses between the two, in order; at most kRedirects
  std::string platform_id;             ///< of the item on its platform: a post's number
  std::string collector_address;       ///< IP address of the machine that asked
  std::string collector_identity;      ///< the account or persona that was used
  std::string clock;                   ///< how the machine's clock was set: "NTP, time.example, offset 12 ms"
  std::string tool;                    ///< program and version
  std::string viewport;                ///< of a picture of the screen: "1280x720 at 2"
  std::string hash_algorithm;          ///< of the hash that was made when it was collected: "SHA-256"
  std::string hash;                    ///< as written
  std::optional<Instant> hashed;       ///< when that hash was made
  friend bool operator==(const Collection&, const Collection&) = default;

  static constexpr std::size_t kRedirects = 50;  ///< browsers give up after 20
  [[nodiscard]] bool is_empty() const { return *this == Collection{}; }
};

/// {"requested_url":…}: members in the order above, empty ones left out.
void write_collection(JsonWriter& out, const Collection& collection);
/// Members that are not known are an error: a misspelt one must not be lost.
Result<Collection> collection_from_json(const Json& json);

}  // namespace gavah
