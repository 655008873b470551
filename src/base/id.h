#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"

namespace gavah {

/// Sixteen bytes that name one thing of kind Tag; printed as 32 hexadecimal digits. All zero is "none".
template <class Tag>
struct Id {
  std::array<std::uint8_t, 16> bytes{};

  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  std::string hex() const { return to_hex(view()); }
  bool is_none() const { return *this == Id{}; }

  /// The first 16 of `raw`'s bytes; `raw` has at least 16.
  static Id from_bytes(std::string_view raw) {
    Id id;
    std::memcpy(id.bytes.data(), raw.data(), id.bytes.size());
    return id;
  }
  static Result<Id> from_hex(std::string_view hex) {
    GAVAH_ASSIGN(const std::string raw, gavah::from_hex(hex));
    if (raw.size() != 16) return fail(ErrorCode::invalid_input, "an id has 32 hexadecimal digits");
    return from_bytes(raw);
  }
  friend bool operator==(const Id&, const Id&) = default;
  friend auto operator<=>(const Id&, const Id&) = default;
};

struct CaptureTag;
struct SourceTag;
struct ReportTag;
struct ClaimTag;
struct LineageTag;
struct EventTag;
struct VictimTag;
struct DecisionTag;
using CaptureId = Id<CaptureTag>;  ///< random, the id of the capture's leaf
using ReportId = Id<ReportTag>;    ///< derived, see IdSecret
using ClaimId = Id<ClaimTag>;
using LineageId = Id<LineageTag>;
using EventId = Id<EventTag>;
using VictimId = Id<VictimTag>;
using DecisionId = Id<DecisionTag>;  ///< random, the id of the decision's leaf

/// A secret of the chronicle under which derived ids are made: stable across rebuilds, never published.
/// The filters, which have no chronicle, use the all-zero secret.
struct IdSecret {
  std::array<std::uint8_t, 32> bytes{};

  /// HMAC-SHA256(secret, lp(kind) || content), cut to 16 bytes. `content` must be unambiguous for its kind.
  template <class IdType>
  IdType derive(std::string_view kind, std::string_view content) const {
    std::string message;
    append_length_prefixed(message, kind);
    message.append(content);
    const std::string_view key(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return IdType::from_bytes(hmac_sha256(key, message).view());
  }
};

}  // namespace gavah

template <class Tag>
struct std::hash<gavah::Id<Tag>> {
  std::size_t operator()(const gavah::Id<Tag>& id) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, id.bytes.data(), sizeof value);
    return value;
  }
};
