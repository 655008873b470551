#include "pipeline/stamp.h"

#include <algorithm>

#include "base/format.h"

namespace gavah::pipeline {
namespace {

store::Tokens tokens_of(Chronicle& chronicle) { return {chronicle.world().disk(), chronicle.stored().path("tokens")}; }

/// The head in a kept note, whose signature was checked when it was sealed.
Result<proof::Checkpoint> head_in(std::string_view note) {
  GAVAH_ASSIGN(const proof::Note parsed, proof::parse_note(note));
  return proof::Checkpoint::parse(parsed.text);
}

/// The kept note that a hash is of; refused when it is of no head of this chronicle.
Result<Digest> stamped_note(const store::Tokens& tokens, std::string_view hash_algorithm, std::string_view hash) {
  if (hash_algorithm != "SHA256" || hash.size() != 32) {
    return fail(ErrorCode::invalid_input, "it is not over a SHA-256, as requests of this program are");
  }
  const Digest digest = Digest::from_bytes(hash);
  if (const auto note = tokens.note(digest); !note) {
    return fail(ErrorCode::refused,
                "it is over none of the heads that were prepared for stamping here (gavah stamp --request)");
  }
  return digest;
}

std::string sentence_of(const proof::OtsAttestation& attestation) {
  switch (attestation.kind) {
    case proof::OtsKind::pending:
      return format("pending at {}: proves nothing until it is upgraded", attestation.calendar);
    case proof::OtsKind::bitcoin: {
      return format("leads to the Merkle root {} of Bitcoin block {}: holds if that block has it",
                    to_hex(attestation.message), attestation.height);
    }
    case proof::OtsKind::unknown:
      break;
  }
  return format("by a notary of unknown kind {}: not looked into", to_hex(attestation.tag));
}

Result<Stamp> describe_token(const store::Tokens& tokens, const store::KeptToken& kept) {
  Stamp out{.note = kept.note.hex(), .size = 0, .path = {}, .kind = "rfc3161", .says = {}, .certificates = {}};
  GAVAH_ASSIGN(const std::string note, tokens.note(kept.note));
  GAVAH_ASSIGN(const std::vector<proof::Certificate> more, tokens.certificates());
  GAVAH_ASSIGN(const proof::CheckedTime time, proof::check_time_token_alone(kept.bytes, note, more));
  GAVAH_ASSIGN(const proof::TimeToken token, proof::TimeToken::parse(kept.bytes));
  out.says.push_back(format("there by {}, as {} says", time.not_after.text(), time.signer.subject));
  std::vector<proof::Certificate> known = token.certificates;
  known.insert(known.end(), more.begin(), more.end());
  for (const proof::Certificate& certificate : known) {
    NamedCertificate named{certificate.digest().hex(), certificate.subject};
    if (std::ranges::find(out.certificates, named) == out.certificates.end())
      out.certificates.push_back(std::move(named));
  }
  return out;
}

Result<Stamp> describe_ots(const store::KeptToken& kept) {
  Stamp out{.note = kept.note.hex(), .size = 0, .path = {}, .kind = "opentimestamps", .says = {}, .certificates = {}};
  GAVAH_ASSIGN(const proof::OtsProof proof, proof::OtsProof::parse(kept.bytes));
  for (const auto& attestation : proof.attestations) out.says.push_back(sentence_of(attestation));
  return out;
}

Result<Stamp> describe(const store::Tokens& tokens, const store::KeptToken& kept) {
  const bool is_token = kept.kind == store::TokenKind::rfc3161;
  GAVAH_ASSIGN(Stamp out, is_token ? describe_token(tokens, kept) : describe_ots(kept));
  GAVAH_ASSIGN(const std::string note, tokens.note(kept.note));
  GAVAH_ASSIGN(const proof::Checkpoint head, head_in(note));
  out.size = head.size;
  out.path = format("tokens/{}/{}", kept.note.hex(), kept.name);
  return out;
}

/// Keeps bytes that were checked, and says what they are.
Result<Stamp> keep(store::Tokens& tokens, store::KeptToken kept) {
  GAVAH_ASSIGN(const std::string path, tokens.add(kept.note, kept.kind, kept.bytes));
  kept.name = std::string(base_name(path));
  return describe(tokens, kept);
}

}  // namespace

Result<StampRequest> request_stamp(Chronicle& chronicle) {
  GAVAH_ASSIGN(seal::LogWriter * writer, chronicle.writer());
  GAVAH_ASSIGN(const proof::Checkpoint head, writer->seal());
  GAVAH_ASSIGN(const std::string note, chronicle.stored().checkpoint_note());
  store::Tokens tokens = tokens_of(chronicle);
  GAVAH_ASSIGN(const Digest digest, tokens.keep_note(note));
  return StampRequest{proof::time_request(digest), head.size, tokens.path_of(digest)};
}

Result<Stamp> keep_time_token(Chronicle& chronicle, std::string_view response, std::string_view certificates) {
  store::Tokens tokens = tokens_of(chronicle);
  GAVAH_ASSIGN_AS(std::string token, proof::token_from_response(response), "reading the authority's answer");
  GAVAH_ASSIGN(const proof::TimeToken says, proof::TimeToken::parse(token));
  GAVAH_ASSIGN_AS(const Digest digest, stamped_note(tokens, says.imprint_algorithm, says.imprint),
                  "taking in a time token");
  GAVAH_ASSIGN(std::vector<proof::Certificate> more, tokens.certificates());
  std::vector<proof::Certificate> added;
  if (!certificates.empty()) {
    GAVAH_ASSIGN_AS(added, proof::certificates_from(certificates), "reading the certificates");
    more.insert(more.end(), added.begin(), added.end());
  }
  GAVAH_ASSIGN(const std::string note, tokens.note(digest));
  GAVAH_TRY_AS(proof::check_time_token_alone(token, note, more), "checking the time token");
  for (const proof::Certificate& certificate : added) GAVAH_TRY(tokens.add_certificate(certificate));
  return keep(tokens, {digest, store::TokenKind::rfc3161, {}, std::move(token)});
}

Result<Stamp> stamp_over_http(Chronicle& chronicle, net::HttpClient& client, const std::string& url,
                              std::string_view certificates) {
  GAVAH_ASSIGN(StampRequest request, request_stamp(chronicle));
  const net::HttpRequest asked{
      .url = url, .body = std::move(request.der), .content_type = "application/timestamp-query"};
  const std::string attempted = format("asking {} for a time stamp", url);
  GAVAH_ASSIGN_AS(const net::HttpAnswer answer, client.send(asked), attempted);
  if (answer.status != 200) {
    return fail_with(Result<Stamp>(fail(ErrorCode::unavailable, format("it answered with status {}", answer.status))),
                     attempted);
  }
  auto stamp = keep_time_token(chronicle, answer.body, certificates);
  return stamp ? stamp : fail_with(std::move(stamp), attempted);
}

Result<Stamp> keep_ots_proof(Chronicle& chronicle, std::string_view proof) {
  store::Tokens tokens = tokens_of(chronicle);
  GAVAH_ASSIGN_AS(const proof::OtsProof parsed, proof::OtsProof::parse(proof), "reading an OpenTimestamps proof");
  const std::string_view algorithm = parsed.file_hash == "sha256" ? "SHA256" : "another";
  GAVAH_ASSIGN_AS(const Digest digest, stamped_note(tokens, algorithm, parsed.digest),
                  "taking in an OpenTimestamps proof");
  return keep(tokens, {digest, store::TokenKind::opentimestamps, {}, std::string(proof)});
}

Result<std::vector<Stamp>> stamps(Chronicle& chronicle) {
  const store::Tokens tokens = tokens_of(chronicle);
  GAVAH_ASSIGN(const std::vector<store::KeptToken> kept, tokens.all());
  std::vector<Stamp> out;
  for (const store::KeptToken& token : kept) {
    GAVAH_ASSIGN_AS(Stamp stamp, describe(tokens, token),
                    format("looking at tokens/{}/{}", token.note.hex(), token.name));
    out.push_back(std::move(stamp));
  }
  std::ranges::sort(out, {}, [](const Stamp& stamp) { return std::pair(stamp.size, stamp.path); });
  return out;
}

}  // namespace gavah::pipeline
