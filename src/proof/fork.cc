#include "proof/fork.h"

#include "base/bytes.h"
#include "base/format.h"
#include "proof/hash_lines.h"

namespace gavah::proof {
namespace {

std::unexpected<Error> refuse(std::string message) { return fail(ErrorCode::invalid_input, std::move(message)); }

}  // namespace

std::string Fork::text() const {
  return format("{}\nprefix {}\n{}\n{}\n{}", kForkFirstLine, to_base64(prefix.view()), hash_lines(proof), first,
                second);
}

Result<Fork> Fork::parse(std::string_view text) {
  if (text.size() > kMaxForkBytes) return refuse("a fork file is too large");
  GAVAH_ASSIGN(const std::string_view line, take_line(text));
  if (line != kForkFirstLine) return refuse("this is no fork file");
  Fork out;
  GAVAH_ASSIGN(const std::string_view prefix, take_line_of(text, "prefix"));
  GAVAH_ASSIGN(out.prefix, Digest::from_base64(prefix));
  GAVAH_ASSIGN(out.proof, take_hash_lines(text));
  // A checkpoint's text has no empty line: the first one ends it, the second one ends its signatures.
  const auto body = text.find("\n\n");
  const auto end = body == std::string_view::npos ? body : text.find("\n\n", body + 2);
  if (end == std::string_view::npos) return refuse("a fork file holds two notes");
  out.first = text.substr(0, end + 1);
  out.second = text.substr(end + 2);
  return out;
}

Result<ForkHeads> open_fork(const Fork& fork, std::span<const Verifier> log_keys) {
  ForkHeads out;
  GAVAH_ASSIGN_AS(out.first, open_checkpoint(fork.first, log_keys), "opening the first head");
  GAVAH_ASSIGN_AS(out.second, open_checkpoint(fork.second, log_keys), "opening the second head");
  if (out.first.origin != out.second.origin) return refuse("the two heads are of different logs");
  if (out.first.size > out.second.size) return refuse("the first head is larger than the second");
  GAVAH_TRY_AS(verify_consistency(out.first.size, out.second.size, fork.proof, fork.prefix, out.second.root),
               "checking the prefix of the second head");
  if (fork.prefix == out.first.root) return refuse("the two heads agree: the first is a prefix of the second");
  return out;
}

Result<Fork> make_fork(std::string_view smaller, std::string_view larger, const Digest& prefix, Proof proof,
                       std::span<const Verifier> log_keys) {
  Fork out{prefix, std::move(proof), std::string(smaller), std::string(larger)};
  if (auto opened = open_fork(out, log_keys); !opened) {
    Error error = std::move(opened).error();
    error.code = ErrorCode::refused;
    return std::unexpected<Error>(std::move(error));
  }
  return out;
}

}  // namespace gavah::proof
