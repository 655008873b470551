#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "net/net.h"
#include "pipeline/chronicle.h"

namespace gavah::pipeline {

/// What is asked of a time-stamping authority.
struct StampRequest {
  std::string der;         ///< an RFC 3161 TimeStampReq over the SHA-256 of the head's note
  std::uint64_t size = 0;  ///< leaves of that head
  std::string note_path;   ///< the note itself, kept in the chronicle: what an OpenTimestamps client is given
};

/// A certificate by which a reader's pin can name an authority: "tsa NAME SHA256".
struct NamedCertificate {
  std::string sha256;   ///< of its DER, hexadecimal
  std::string subject;  ///< whose it says it is
  friend bool operator==(const NamedCertificate&, const NamedCertificate&) = default;
};

/// A proof of time that was kept, in words for a person.
struct Stamp {
  std::string note;                            ///< SHA-256 of the note it is over, hexadecimal
  std::uint64_t size = 0;                      ///< leaves of that head
  std::string path;                            ///< below the chronicle
  std::string kind;                            ///< "rfc3161" or "opentimestamps"
  std::vector<std::string> says;               ///< a sentence each
  std::vector<NamedCertificate> certificates;  ///< in the token or kept beside, each once
};

/// Seals what is acknowledged, keeps the note of the newest head, and makes a request over it.
Result<StampRequest> request_stamp(Chronicle& chronicle);

/// Keeps what an authority answered: a time-stamp response or token over a head that request_stamp() kept. Its
/// signature and imprint are checked first; whether anyone trusts the authority is for readers to say. `certificates`
/// is a file of more certificates (PEM or DER) that help readers to check it; empty for none. Nothing is kept when it
/// does not hold.
Result<Stamp> keep_time_token(Chronicle& chronicle, std::string_view response, std::string_view certificates);

/// request_stamp() and keep_time_token() with an authority that answers over HTTP (RFC 3161 section 3.4). unavailable
/// when it gives no answer; nothing else than the request is sent.
Result<Stamp> stamp_over_http(Chronicle& chronicle, net::HttpClient& client, const std::string& url,
                              std::string_view certificates);

/// Keeps an OpenTimestamps proof over such a head; a pending one can be kept, and be replaced by a better one later.
Result<Stamp> keep_ots_proof(Chronicle& chronicle, std::string_view proof);

/// Every proof of time in the chronicle, by head.
Result<std::vector<Stamp>> stamps(Chronicle& chronicle);

}  // namespace gavah::pipeline
