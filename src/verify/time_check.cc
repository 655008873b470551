#include <algorithm>
#include <tuple>

#include "base/bytes.h"
#include "base/format.h"
#include "verify/edition_state.h"

namespace gavah::verify {
namespace {

constexpr std::string_view kFolder = "tokens/";
constexpr std::string_view kCertificates = "certificates";
constexpr std::string_view kNote = "checkpoint";

/// Things of one kind that could not be checked: how many, and the first.
struct Untold {
  std::uint64_t count = 0;
  std::string first;
  void add(std::string what) {
    if (count++ == 0) first = std::move(what);
  }
};

/// Checks the proofs of time below tokens/ (spec/time.md).
class TimeCheck {
 public:
  TimeCheck(const Pin& pin, const EditionState& edition, Findings& findings)
      : pin_(pin), edition_(edition), findings_(findings) {}

  void run() {
    for_each_file([&](const std::string& path, std::string_view folder, std::string_view name) {
      if (folder == kCertificates) read_certificate(path, name);
    });
    for_each_file([&](const std::string& path, std::string_view folder, std::string_view name) {
      if (folder != kCertificates) read_file(path, folder, name);
    });
    tell();
  }

 private:
  void for_each_file(const auto& visit) {
    for (auto at = edition_.stamps.lower_bound(std::string(kFolder)); at != edition_.stamps.end(); ++at) {
      const std::string& path = at->first;
      if (!path.starts_with(kFolder)) break;
      const std::string_view rest = std::string_view(path).substr(kFolder.size());
      const std::size_t slash = rest.find('/');
      if (slash == std::string_view::npos) {
        fail_file(path, "nothing of that name belongs here");
      } else {
        visit(path, rest.substr(0, slash), rest.substr(slash + 1));
      }
    }
  }
  void fail_file(const std::string& path, std::string why) { findings_.add(Check::time, path, std::move(why)); }

  void read_certificate(const std::string& path, std::string_view name) {
    const std::string_view bytes = edition_.file(path);
    const auto certificate = proof::Certificate::parse(bytes);
    if (!findings_.expect(certificate, Check::time, path)) return;
    if (name != certificate->digest().hex() + ".der") return fail_file(path, "it is not named by its SHA-256");
    certificates_.push_back(*certificate);
  }

  void read_file(const std::string& path, std::string_view folder, std::string_view name) {
    if (name == kNote) {
      read_head(path, folder);
    } else if (name.ends_with(".tst") && name.find('/') == std::string_view::npos) {
      read_token(path, folder);
    } else if (name.ends_with(".ots") && name.find('/') == std::string_view::npos) {
      read_ots(path, folder);
    } else {
      fail_file(path, "nothing of that name belongs here");
    }
  }

  /// The note beside a token; null when it is missing.
  const std::string* note_of(std::string_view folder) {
    const auto file = edition_.files.find(std::string(kFolder).append(folder).append("/").append(kNote));
    return file == edition_.files.end() ? nullptr : &file->second;
  }

  /// Leaves of the stamped head, when it is one of this log's; checked once for each folder.
  std::optional<std::uint64_t> head_of(const std::string& path, std::string_view folder) {
    const auto known = heads_.find(folder);
    if (known != heads_.end()) return known->second;
    std::optional<std::uint64_t>& size = heads_[std::string(folder)];
    const std::string* note = note_of(folder);
    if (note == nullptr) {
      fail_file(path, "the head that it is over is not here");
      return size;
    }
    if (sha256(*note).hex() != folder) {
      fail_file(path, "the folder is not named by the SHA-256 of the head in it");
      return size;
    }
    const auto head = open_head(*note, pin_);
    if (!findings_.expect(head, Check::time, path)) return size;
    const proof::Checkpoint& checkpoint = head->checkpoint;
    const auto root = edition_.tree.root(checkpoint.size);
    if (checkpoint.size > edition_.tree.size() || !root || *root != checkpoint.root) {
      fail_file(path, "the head that was stamped is none of this log's");
      return size;
    }
    size = checkpoint.size;
    return size;
  }

  void read_head(const std::string& path, std::string_view folder) { head_of(path, folder); }

  void read_token(const std::string& path, std::string_view folder) {
    const auto size = head_of(path, folder);
    if (!size) return;
    ++tokens_;
    const auto time =
        proof::check_time_token(edition_.file(path), *note_of(folder), pin_.time_authorities, certificates_);
    by_authority_ = by_authority_ || time.has_value();
    if (time) return prove(*size, time->not_after, time->authority);
    if (time.error().code == ErrorCode::refused) return unknown_.add(time.error().sentence());
    findings_.expect(time, Check::time, path);
  }

  void read_ots(const std::string& path, std::string_view folder) {
    const auto size = head_of(path, folder);
    if (!size) return;
    ++tokens_;
    const auto proof = proof::OtsProof::parse(edition_.file(path));
    if (!findings_.expect(proof, Check::time, path)) return;
    if (proof->file_hash != "sha256" || to_hex(proof->digest) != folder) {
      return fail_file(path, "it is over another file than the head beside it");
    }
    for (const proof::OtsAttestation& attestation : proof->attestations) read_attestation(path, *size, attestation);
  }

  void read_attestation(const std::string& path, std::uint64_t size, const proof::OtsAttestation& attestation) {
    if (attestation.kind == proof::OtsKind::pending) return pending_.add(attestation.calendar);
    if (attestation.kind == proof::OtsKind::unknown) return foreign_.add(to_hex(attestation.tag));
    const auto block = pin_.blocks.find(attestation.height);
    if (block == pin_.blocks.end()) {
      return blocks_.add(format("block {}, whose Merkle root must be {} in the order of its bytes", attestation.height,
                                to_hex(attestation.message)));
    }
    const auto time = proof::check_bitcoin(attestation, block->second);
    if (!findings_.expect(time, Check::time, path)) return;
    prove(size, *time, format("Bitcoin block {}", attestation.height));
  }

  void prove(std::uint64_t size, Instant time, std::string by) { proved_.push_back({size, time, std::move(by)}); }

  void tell() {
    std::ranges::sort(proved_, {}, [](const NotAfter& bound) { return std::tie(bound.size, bound.time, bound.by); });
    findings_.checked("proofs of time", tokens_);
    for (const NotAfter& bound : proved_) check_bracket(bound);
    const std::uint64_t covered = proved_.empty() ? 0 : proved_.back().size;
    if (proved_.size() > kMaxNotAfter) {
      proved_.erase(proved_.begin(), proved_.end() - static_cast<std::ptrdiff_t>(kMaxNotAfter));
    }
    if (by_authority_) {
      findings_.unchecked(
          "Whether the certificates of time-stamping authorities were revoked was not looked up: no list of revoked "
          "certificates is read.");
    }
    findings_.there_by(std::move(proved_));
    tell_of(unknown_, "time tokens are by authorities that the pin does not name");
    tell_of(pending_, "OpenTimestamps attestations are pending and prove nothing yet");
    tell_of(blocks_, "OpenTimestamps attestations lead to Bitcoin blocks whose headers the pin does not have");
    tell_of(foreign_, "OpenTimestamps attestations are of kinds that are not looked into");
    if (covered == 0) {
      findings_.unchecked("No proof of time: that the log existed on its days is the operator's word.");
    } else if (covered < edition_.tree.size()) {
      findings_.unchecked(
          format("Leaves from {} on are newer than the last proof of time: that they existed on their "
                 "days is the operator's word.",
                 covered));
    }
  }

  /// Nobody can have stamped a leaf before it could be written: an authority that dates its token back is found out.
  void check_bracket(const NotAfter& bound) {
    const std::vector<NotBefore>& bounds = findings_.told().not_before;
    const auto after =
        std::ranges::partition_point(bounds, [&](const NotBefore& each) { return each.leaf < bound.size; });
    if (after == bounds.begin()) return;
    const NotBefore& lower = *std::prev(after);
    if (lower.time.seconds <= bound.time.seconds + kMaxClockSkewSeconds) return;
    findings_.add(Check::time, "tokens", lower.leaf,
                  format("{} says that {} leaves were there by {}, and this one binds what {} signed at {}", bound.by,
                         bound.size, bound.time.text(), lower.witness, lower.time.text()));
  }

  void tell_of(const Untold& untold, std::string_view what) {
    if (untold.count > 0) findings_.unchecked(format("{} {} (the first: {}).", untold.count, what, untold.first));
  }

  const Pin& pin_;
  const EditionState& edition_;
  Findings& findings_;
  std::vector<proof::Certificate> certificates_;
  std::map<std::string, std::optional<std::uint64_t>, std::less<>> heads_;
  std::vector<NotAfter> proved_;
  std::uint64_t tokens_ = 0;
  bool by_authority_ = false;  ///< some proof rests on a certificate
  Untold unknown_;
  Untold pending_;
  Untold blocks_;
  Untold foreign_;
};

}  // namespace

void check_time(const Pin& pin, const EditionState& edition, Findings& findings) {
  TimeCheck(pin, edition, findings).run();
}

}  // namespace gavah::verify
