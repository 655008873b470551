#include "proof/ots_proof.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/format.h"
#include "base/keccak.h"
#include "base/old_digest.h"

namespace gavah::proof {
namespace {

constexpr std::string_view kMagic("\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94", 31);
constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kTagBytes = 8;
constexpr std::string_view kPendingTag("\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e", kTagBytes);
constexpr std::string_view kBitcoinTag("\x05\x88\x96\x0d\x73\xd7\x19\x01", kTagBytes);

constexpr std::uint8_t kAttestation = 0x00;
constexpr std::uint8_t kFork = 0xff;
constexpr std::uint8_t kSha1 = 0x02;
constexpr std::uint8_t kRipemd160 = 0x03;
constexpr std::uint8_t kSha256 = 0x08;
constexpr std::uint8_t kKeccak256 = 0x67;
constexpr std::uint8_t kAppend = 0xf0;
constexpr std::uint8_t kPrepend = 0xf1;
constexpr std::uint8_t kReverse = 0xf2;
constexpr std::uint8_t kHexlify = 0xf3;

std::unexpected<Error> bad(std::string why) { return fail(ErrorCode::invalid_input, std::move(why)); }

/// Reads what the format is made of, from the front.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  bool at_end() const { return rest_.empty(); }

  Result<std::uint8_t> byte() {
    if (rest_.empty()) return bad("the proof ends in the middle");
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  Result<std::string_view> bytes(std::size_t count) {
    if (rest_.size() < count) return bad("the proof ends in the middle");
    const std::string_view out = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return out;
  }
  /// Seven bits a byte, the low ones first.
  Result<std::uint64_t> number() {
    std::uint64_t value = 0;
    for (std::uint32_t shift = 0; shift < 63; shift += 7) {
      GAVAH_ASSIGN(const std::uint8_t next, byte());
      value |= std::uint64_t{next & 0x7fU} << shift;
      if ((next & 0x80U) == 0) return value;
    }
    return bad("a number has more than 63 bits");
  }
  Result<std::string_view> counted(std::size_t limit) {
    GAVAH_ASSIGN(const std::uint64_t count, number());
    if (count > limit) return bad(format("{} bytes stand where {} may", count, limit));
    return bytes(count);
  }

 private:
  std::string_view rest_;
};

bool is_address(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._/:").find(c) != std::string_view::npos;
  });
}

Result<OtsAttestation> read_attestation(Reader& in, std::string_view message) {
  OtsAttestation out;
  out.message = message;
  GAVAH_ASSIGN(out.tag, in.bytes(kTagBytes));
  GAVAH_ASSIGN(const std::string_view payload, in.counted(kMaxOtsAttestationBytes));
  Reader inner(payload);
  if (out.tag == kPendingTag) {
    out.kind = OtsKind::pending;
    GAVAH_ASSIGN_AS(out.calendar, inner.counted(kMaxCalendarAddressBytes), "reading a pending attestation");
    if (!is_address(out.calendar)) return bad("a calendar's address has a character that it may not have");
  } else if (out.tag == kBitcoinTag) {
    out.kind = OtsKind::bitcoin;
    GAVAH_ASSIGN_AS(out.height, inner.number(), "reading a Bitcoin attestation");
  } else {
    return out;
  }
  if (!inner.at_end()) return bad("an attestation goes on after its end");
  return out;
}

/// The message after one operation.
Result<std::string> apply(std::uint8_t operation, std::string_view message, Reader& in) {
  std::string out;
  switch (operation) {
    case kAppend:
    case kPrepend: {
      GAVAH_ASSIGN(const std::string_view argument, in.counted(kMaxOtsMessageBytes));
      if (argument.empty()) return bad("an operation adds nothing");
      out = operation == kAppend ? std::string(message).append(argument) : std::string(argument).append(message);
      break;
    }
    case kReverse:
      out.assign(message.rbegin(), message.rend());
      break;
    case kHexlify:
      out = to_hex(message);
      break;
    case kSha1:
      return sha1(message);
    case kRipemd160:
      return ripemd160(message);
    case kKeccak256:
      return keccak256(message);
    case kSha256:
      return std::string(sha256(message).view());
    default:
      return bad(format("operation {:02x} is not known", operation));
  }
  if (out.size() > kMaxOtsMessageBytes) return bad(format("a message grows beyond {} bytes", kMaxOtsMessageBytes));
  return out;
}

/// Walks the tree of operations; forks share what stands before them.
class Walk {
 public:
  Walk(Reader& in, std::vector<OtsAttestation>& out) : in_(in), out_(out) {}

  Result<void> from(const std::string& message, std::size_t depth) {
    if (depth > kMaxOtsDepth) return bad("the operations go deeper than 256");
    GAVAH_ASSIGN(std::uint8_t tag, in_.byte());
    for (; tag == kFork;) {
      GAVAH_ASSIGN(const std::uint8_t branch, in_.byte());
      GAVAH_TRY(step(branch, message, depth));
      GAVAH_ASSIGN(tag, in_.byte());
    }
    return step(tag, message, depth);
  }

 private:
  Result<void> step(std::uint8_t tag, const std::string& message, std::size_t depth) {
    if (++steps_ > kMaxOtsSteps) return bad("the proof has too many operations");
    if (tag == kAttestation) {
      GAVAH_ASSIGN(OtsAttestation attestation, read_attestation(in_, message));
      out_.push_back(std::move(attestation));
      return {};
    }
    GAVAH_ASSIGN(const std::string next, apply(tag, message, in_));
    return from(next, depth + 1);
  }

  Reader& in_;
  std::vector<OtsAttestation>& out_;
  std::size_t steps_ = 0;
};

std::uint32_t little_endian(std::string_view four) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8U | static_cast<std::uint8_t>(four[i]);
  return value;
}

/// Whether a hash, its most significant byte first, is not above the target that a header's compact form states.
bool meets_target(std::string_view hash, std::uint32_t compact) {
  const std::uint32_t exponent = compact >> 24U;
  const std::uint32_t mantissa = compact & 0xffffffU;
  if (mantissa == 0 || mantissa > 0x7fffffU || exponent < 3 || exponent > 32) return false;
  std::string target(32, '\0');
  for (std::uint32_t i = 0; i < 3; ++i) {
    target[32 - exponent + i] = static_cast<char>(mantissa >> (16U - 8U * i) & 0xffU);
  }
  return std::ranges::lexicographical_compare(
             hash, target,
             [](char a, char b) { return static_cast<unsigned char>(a) < static_cast<unsigned char>(b); }) ||
         hash == target;
}

}  // namespace

Result<OtsProof> OtsProof::parse(std::string_view bytes) {
  if (bytes.size() > kMaxOtsBytes) return bad("an OpenTimestamps proof is longer than 1 MiB");
  if (!bytes.starts_with(kMagic)) return bad("that is no OpenTimestamps proof");
  Reader in(bytes.substr(kMagic.size()));
  GAVAH_ASSIGN(const std::uint64_t version, in.number());
  if (version != kVersion) return bad(format("version {} of OpenTimestamps is not known", version));
  OtsProof out;
  GAVAH_ASSIGN(const std::uint8_t hash, in.byte());
  if (hash != kSha256 && hash != kSha1 && hash != kRipemd160) return bad(format("file hash {:02x} is not known", hash));
  out.file_hash = hash == kSha256 ? "sha256" : hash == kSha1 ? "sha1" : "ripemd160";
  GAVAH_ASSIGN(out.digest, in.bytes(hash == kSha256 ? 32 : 20));
  GAVAH_TRY(Walk(in, out.attestations).from(out.digest, 0));
  if (!in.at_end()) return bad("something follows the proof");
  return out;
}

Result<BlockHeader> BlockHeader::parse(std::string_view bytes) {
  if (bytes.size() != 80) return bad("a Bitcoin block's header has 80 bytes");
  std::string hash(sha256(sha256(bytes).view()).view());
  std::ranges::reverse(hash);
  if (!meets_target(hash, little_endian(bytes.substr(72, 4)))) {
    return bad("the header's hash does not meet the difficulty that it states");
  }
  return BlockHeader{std::string(bytes), std::string(bytes.substr(36, 32)), Instant{little_endian(bytes.substr(68, 4))},
                     to_hex(hash)};
}

Result<Instant> check_bitcoin(const OtsAttestation& attestation, const BlockHeader& header) {
  if (attestation.kind != OtsKind::bitcoin) return bad("the attestation is none of Bitcoin's");
  if (attestation.message != header.merkle_root) {
    return bad(format("the operations do not lead to the Merkle root of block {}", attestation.height));
  }
  return Instant{header.time.seconds + kBlockTimeSlackSeconds};
}

}  // namespace gavah::proof
