#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/disk.h"
#include "base/random.h"
#include "proof/proof.h"
#include "publish/publish.h"
#include "verify/verify.h"

namespace gavah::tests {

/// What to say of an event that is added to the case.
struct EventWords {
  std::string act = "protest";
  std::string day = "2031-05-04";                            ///< "YYYY-MM-DD"
  std::vector<std::string> place{"ZZ", "ZZ-01", "ZZ-01-a"};  ///< country, province, town
  std::optional<std::int64_t> killed_low = std::nullopt;
  std::optional<std::int64_t> killed_high = std::nullopt;
  std::string person = {};  ///< named in the claim, when not empty
  Extent extent = Extent::moment;
};

/// An invented case in an invented country: captures whose bytes are in memory, what is derived from them, and a log
/// that is sealed as the real one is. Everything follows from the seed. One thread.
class SmallCase {
 public:
  /// `continues`: the file by which its first leaf says that it continues another log; empty: it does not.
  explicit SmallCase(std::uint64_t seed = 1, const std::string& continues = {});

  /// Takes in one capture with these parts, each one text, and appends its leaf.
  std::size_t add_capture(const std::vector<std::string>& texts, const std::string& source = "harbour-gazette");
  /// An event that rests on the whole text of a part; gives its place in `events`.
  std::size_t add_event(std::size_t capture, PartNumber part, const EventWords& words = {});
  /// One more claim for an event, from another part.
  void support(std::size_t event, std::size_t capture, PartNumber part);
  void add_victim(std::size_t event, const std::string& name, const std::string& condition = "killed");
  /// Takes back a decision.
  void revoke(const Decision& decision);
  /// Destroys one part of a capture alone: its `redact` leaf, and what stays of the capture's entry.
  void destroy(std::size_t capture, PartNumber part);
  /// A person's decision, sealed at once, on the first claim of each event.
  const Decision& decide(Verb verb, const std::vector<std::size_t>& events, const std::string& slot = "",
                         const std::string& value = "", const std::string& reason = "");

  publish::PlanInput plan_input() const;
  /// Plans and seals what the plan says.
  publish::Plan plan();
  /// The edition of the log as it is now; its leaf is sealed after it.
  Result<publish::EditionWritten> write(Disk& disk, const std::string& directory,
                                        const std::optional<std::string>& previous = std::nullopt);

  /// Seals any entry, whatever the plan would say: what an operator with the true keys can do.
  proof::LeafIndex seal(const proof::Entry& entry);
  std::string checkpoint() const;
  verify::Pin pin() const;
  Result<std::string> part_bytes(const Part& part) const;

  publish::Policy policy = publish::Policy::open();
  std::vector<proof::Rule> rules = proof::standard_rules();
  std::vector<publish::CaptureParts> captures;
  std::vector<Report> reports;
  std::vector<Claim> claims;
  std::vector<Event> events;
  std::vector<Victim> victims;
  std::vector<Lineage> lineages;
  std::vector<Decision> decisions;
  std::vector<Source> sources;
  std::vector<proof::SealedEntry> log;
  std::map<std::string, std::string> bound_files;  ///< of key and heartbeat leaves, by SHA-256 in hexadecimal
  std::string origin = "case.example/small";
  Day day = Day::from_civil(2031, 6, 1);
  proof::Signer log_signer;
  proof::Signer release_signer;
  SeededRandom random;

 private:
  ClaimId add_claim(std::size_t capture, PartNumber part, const EventWords& words);
  std::vector<publish::ReportNote> notes_;
  mutable std::vector<Decision> standing_;  // what plan_input() gives must outlive it
  std::map<Digest, std::string> bytes_;
  std::map<ReportId, std::size_t> report_at_;
  std::map<std::pair<CaptureId, PartNumber>, ReportId> report_of_;
};

/// About a dozen events of every kind that the register knows: in two languages, an umbrella, a withheld one, a victim,
/// two that overlap, a hollow report, a part without any report. Planned, not yet published.
SmallCase make_small_case(std::uint64_t seed = 1);

/// What a log of `origin` and `key` binds when it continues another one, of which 3 leaves of 5 were left.
proof::Continuation make_continuation(const std::string& origin, const proof::Signer& key);
/// The file, signed as it should be.
std::string continuation_file(const proof::Continuation& it, const proof::Signer& key);
/// A case of few leaves that continues another log.
SmallCase make_continued_case();

/// A case of `events` events in captures of a thousand parts each, a fifth with two claims.
SmallCase make_large_case(std::size_t events, std::uint64_t seed = 1);

}  // namespace gavah::tests
