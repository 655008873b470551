#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/passphrase.h"
#include "base/result.h"
#include "model/decision.h"
#include "model/report.h"
#include "net/net.h"
#include "pipeline/chronicle.h"
#include "pipeline/world.h"
#include "publish/publish.h"

namespace gavah::pipeline {

/// Something set aside, with the reason, in words for a person.
struct SetAside {
  std::string name;
  std::string reason;
};

struct InitOptions {
  std::string directory;
  Protection protection = Protection::passphrase;
  AskPassphrase ask_passphrase;              ///< called when protected
  std::vector<std::string> gazetteer_files;  ///< GeoNames dumps; empty: the one built in
};
/// Makes a chronicle: keys, a log whose first leaf binds its key, an empty index. refused when the directory holds one.
Result<void> init(World& world, const InitOptions& options);

/// Whether a file about.json in a folder states source, address and date of that folder's files, and NAME.mapping.json
/// the columns of the table NAME beside it. Only where asked for: a folder from other hands must not speak for the
/// operator.
enum class Sidecars { ignored, read };

struct AddOptions {
  std::vector<std::string> paths;                       ///< files and folders
  std::function<Result<std::string>()> standard_input;  ///< asked for where a path is "-"
  std::string about_file;                               ///< JSON as model About, empty for none
  std::string mapping_file;                             ///< JSON as capture::ReadOptions::mapping
  Sidecars sidecars = Sidecars::ignored;
  Progress progress;
};
struct AddSummary {
  std::uint64_t captures = 0;
  std::uint64_t parts = 0;
  std::uint64_t bytes = 0;
  std::uint64_t same_bytes = 0;       ///< captures whose bytes an earlier capture had
  std::vector<SetAside> quarantined;  ///< whole captures; their bytes are kept, in quarantine/
  std::vector<SetAside> problems;     ///< members of captures
};
/// Takes in files and folders. What cannot be read goes to quarantine with its reason, and the rest goes on; each
/// capture is acknowledged once its bytes, its leaf and its private record are durable.
Result<AddSummary> add(Chronicle& chronicle, const AddOptions& options);

/// What adding one file would read.
struct FilePreview {
  std::string name;
  std::string format;  ///< as Capture::format
  std::uint64_t size_bytes = 0;
  std::map<std::string, std::uint64_t> parts;        ///< how many of each format
  std::map<std::string, std::uint64_t> passed_over;  ///< what is no document of its own, by kind
  std::vector<Report> reports;                       ///< of the first few parts, as they would be read
  std::vector<SetAside> problems;
  std::uint64_t problem_count = 0;
  std::optional<std::string> unreadable;  ///< why the whole file would go to quarantine
  std::string draft;                      ///< of a table: a mapping file to edit; empty for anything else
  std::vector<std::string> notes;         ///< what the draft guesses, a sentence each
};
using PreviewSink = std::function<Result<void>(const FilePreview&)>;
/// Reads files and folders as add() would and writes nothing. Memory holds one part and the first few.
Result<void> preview(World& world, const AddOptions& options, const PreviewSink& sink);

struct DeriveOptions {
  std::size_t threads = 0;  ///< 0: all cores; changes nothing in the result
  Progress progress;
};
struct DeriveSummary {
  std::uint64_t new_parts = 0;
  std::uint64_t reports = 0;
  std::uint64_t claims = 0;
  std::uint64_t lineages = 0;
  std::uint64_t events = 0;
  std::uint64_t orphans = 0;
  std::string index_digest;
};
/// Extracts and codes the parts that are new (all, when program, codebook or gazetteer changed since, or a run was
/// stopped), then links all.
Result<DeriveSummary> derive(Chronicle& chronicle, const DeriveOptions& options);
/// Throws the index away and derives it again.
Result<DeriveSummary> rebuild(Chronicle& chronicle, const DeriveOptions& options);

/// True when nothing was taken in or decided since the last derive, and program, codebook and gazetteer are the same.
Result<bool> is_derived(Chronicle& chronicle);

/// Reads a CSV with the columns id,name,kind,family,lang,reason (and optionally valid_from,valid_to), seals each row
/// that differs from the registry as a `source` entry; gives how many.
Result<std::uint64_t> import_sources(Chronicle& chronicle, const std::string& csv_file);

struct DecideOptions {
  Verb verb = Verb::code;
  /// Ids of claims, events or reports, "CAPTURE:PART", or anchors as JSON; of `revoke`: the id of one decision.
  std::vector<std::string> items;
  std::string slot;
  std::string value;
  std::string reason;
  std::string by;
};
/// Seals a decision on the anchors of `items`; it takes effect at the next derive. Gives it as sealed.
Result<Decision> decide(Chronicle& chronicle, const DecideOptions& options);

/// Whether publish seals and writes, or says what it would.
enum class DryRun { no, yes };

struct PublishOptions {
  std::string out;              ///< directory to make; must not exist
  std::string policy_file;      ///< empty: the safe default
  std::string rules_directory;  ///< of rules to adopt beside the standard ones, *.json; empty: none
  DryRun dry_run = DryRun::no;
  std::string previous;  ///< directory of the edition before; empty: where the last publish left it
  std::string verifier;  ///< bytes of verify.html, for readers; empty: the edition has none
  Progress progress;
  /// Called once the edition's head is sealed, before it is written, so that a proof of time over that very head
  /// travels with it; empty: nothing. When it fails the edition is written without, and the summary says why; fatal and
  /// corrupt end the publication.
  std::function<Result<void>(Chronicle&)> stamp = {};
};
struct PublishSummary {
  std::uint64_t events = 0;
  std::uint64_t withheld = 0;
  std::uint64_t totals = 0;
  std::uint64_t log_size = 0;
  std::vector<std::string> changes;         ///< a sentence each
  std::vector<std::string> warnings;        ///< what in the policy a person may not have meant, a sentence each
  std::string unstamped;                    ///< why no proof of time travels, though one was asked for
  std::optional<publish::Preview> preview;  ///< of a dry run, which seals and signs nothing
};
/// Brings the register up to date, seals it, and writes a signed edition. Refused while orphaned decisions stand.
Result<PublishSummary> publish(Chronicle& chronicle, const PublishOptions& options);

struct CosignOptions {
  std::vector<std::string> urls;          ///< submission prefixes of witnesses (C2SP tlog-witness)
  std::vector<std::string> keys;          ///< their vkeys; who is not among them is not kept
  std::string policy_file;                ///< tlog-policy text: adds its witnesses' keys and addresses
  std::string request_file;               ///< to write, or, with a response, the request that it answers
  std::optional<std::uint64_t> old_size;  ///< leaves that the witness has seen, for the request; else those cosigned
  std::string response_file;              ///< a witness' answer that came by file
  std::string edition;                    ///< directory of an edition that gets the file `cosigned`
  net::HttpClient* client = nullptr;      ///< never null when there are addresses
};
struct Cosigner {
  std::string name;
  Instant time;
};
struct CosignSummary {
  std::uint64_t log_size = 0;          ///< of the cosigned head; 0 when there is none yet
  std::vector<Cosigner> cosignatures;  ///< by the known witnesses, on that head
  std::vector<SetAside> problems;      ///< witnesses that did not sign, by address
};
/// Collects cosignatures of the log's newest head, verifies them and keeps them. One witness that fails stops no other.
Result<CosignSummary> cosign(Chronicle& chronicle, const CosignOptions& options);

struct RotateOptions {
  AskPassphrase ask_passphrase;  ///< the one in force; called when the chronicle is protected
  PassphraseCost cost;           ///< of wrapping the keys anew
};
struct RotateSummary {
  std::string key;              ///< vkey of the new log key
  std::uint64_t from_size = 0;  ///< it signs heads of this size and more
};
/// Gives the log a new key and destroys the old one. Run again after a crash: it goes on where it stood.
Result<RotateSummary> rotate(Chronicle& chronicle, const RotateOptions& options);

struct PassphraseOptions {
  AskPassphrase ask_before;  ///< the one in force
  AskPassphrase ask_after;   ///< the one to be
  PassphraseCost cost;       ///< of wrapping the keys anew
};
/// Wraps the keys with another passphrase. Copies made before still open with the one before. refused when that is
/// wrong or the chronicle has none.
Result<void> change_passphrase(Chronicle& chronicle, const PassphraseOptions& options);

struct ExcerptOptions {
  std::string edition;                 ///< directory
  std::optional<std::uint64_t> entry;  ///< of the record to take, or
  std::string total;                   ///< the name of a total's rule
  std::optional<std::uint64_t> claim;  ///< of the entry's claims this one alone
  std::string out;                     ///< file to make; must not exist
};
struct ExcerptSummary {
  std::uint64_t bytes = 0;
  std::uint64_t leaves = 0;
  std::uint64_t records = 0;
  std::uint64_t claims = 0;
};
/// Takes one record or one total out of an edition, with what is needed to verify it alone. Needs no chronicle.
Result<ExcerptSummary> make_excerpt(World& world, const ExcerptOptions& options);

/// What a walk over everything stored found.
struct AuditSummary {
  std::uint64_t leaves = 0;
  std::uint64_t objects = 0;
  std::uint64_t shredded = 0;       ///< entries that are gone, as the log says
  std::uint64_t reduced = 0;        ///< captures of which parts are gone, as the log says
  std::vector<std::string> faults;  ///< one sentence each, naming the thing
};
/// Rehashes tiles, leaves, ledger rows and objects, and checks the checkpoint's signature.
Result<AuditSummary> audit(Chronicle& chronicle);

/// Copies the chronicle (seal/backup.h), holding the writer's lock.
Result<seal::BackupSummary> backup(Chronicle& chronicle, const std::string& destination);
/// Makes a chronicle from a copy; the caller derives its index.
Result<seal::RestoreSummary> restore(World& world, const seal::RestoreOptions& options);

enum class ExportFormat { csv, geojson, jsonl };
/// Writes the derived events, one row or feature each; names of persons are never in it.
Result<void> export_events(Chronicle& chronicle, ExportFormat format, const LineSink& sink);

}  // namespace gavah::pipeline
