#include "pipeline/derivation.h"

#include <algorithm>
#include <memory>
#include <set>

#include "base/check.h"
#include "base/format.h"
#include "base/ordered.h"
#include "base/parallel.h"
#include "capture/capture.h"
#include "pipeline/decided.h"

namespace gavah::pipeline {
namespace {

constexpr std::size_t kPartsTogether = 64;                 // parts of one piece of work: a post takes microseconds
constexpr std::uint64_t kBytesTogether = 4ULL << 20U;      // and bytes of it: a page takes milliseconds
constexpr std::size_t kWorkAhead = 24;                     // pieces made beyond the one being stored
constexpr std::size_t kPartsAtOnce = 16'384;               // parts whose records are in memory together: 40 MB of rows
constexpr std::string_view kDerivedTo = "derived-to";      // leaves of the log that the index has seen
constexpr std::string_view kDerivedWith = "derived-with";  // Toolkit::fingerprint

std::string hand_claim_content(const Decision& decision) { return std::string(decision.id.view()); }

}  // namespace

std::optional<Span> text_span(const Report& report, ByteRange bytes) {
  std::optional<Span> out;
  for (const MapPiece& piece : report.map) {
    if (piece.source.begin >= bytes.end || bytes.begin >= piece.source.end) continue;
    Span span = piece.text;
    if (piece.text.size() == piece.source.size()) {
      if (bytes.begin > piece.source.begin) span.begin += static_cast<std::uint32_t>(bytes.begin - piece.source.begin);
      if (bytes.end < piece.source.end) span.end -= static_cast<std::uint32_t>(piece.source.end - bytes.end);
    }
    out = out ? Span{std::min(out->begin, span.begin), std::max(out->end, span.end)} : span;
  }
  return out;
}

/// One capture with what opens its object, looked up beforehand: ledger and keyring belong to one thread.
struct Derivation::Opened {
  const Capture* capture = nullptr;
  Digest object;
  std::string age_header;
};

/// Neighbouring parts of one capture.
struct Derivation::Work {
  std::shared_ptr<const Opened> opened;
  std::vector<Part> parts;
};

struct Derivation::Made {
  std::vector<Report> reports;
  std::vector<Claim> claims;
  std::vector<link::ReportDigest> digests;
  std::size_t parts = 0;
  std::optional<Error> error;
};

Derivation::Derivation(Chronicle& chronicle, store::Index& index, const DeriveOptions& options, const Parser& parser)
    : chronicle_(chronicle), index_(index), options_(options), parser_(parser) {}

Result<DeriveSummary> Derivation::run() {
  GAVAH_ASSIGN(toolkit_, chronicle_.toolkit());
  GAVAH_ASSIGN(registry_, chronicle_.sources());
  GAVAH_TRY(read_captures());
  // From here to the end the index is of no state: a run that is stopped leaves rows that the next one would take
  // twice.
  GAVAH_TRY(index_.set_note(kDerivedWith, {}));
  GAVAH_TRY(load_present());
  GAVAH_TRY(derive_captures());
  GAVAH_ASSIGN(auto all, chronicle_.decisions());
  const std::vector<Decision> decisions = standing(std::move(all));
  GAVAH_TRY(code_by_hand(decisions));
  GAVAH_TRY(link_all(decisions));
  GAVAH_ASSIGN(const std::uint64_t log_size, chronicle_.stored().ledger().size());
  GAVAH_TRY(index_.set_note(kDerivedTo, std::to_string(log_size)));
  GAVAH_TRY(index_.set_note(kDerivedWith, toolkit_->fingerprint()));
  return summary_;
}

Result<void> Derivation::read_captures() {
  GAVAH_ASSIGN(const std::string derived_to, index_.note(kDerivedTo));
  derived_to_ = derived_to.empty() ? 0 : std::stoull(derived_to);
  return chronicle_.stored().ledger().for_each_json(proof::LeafType::capture, derived_to_,
                                                    [&](proof::LeafIndex, std::string_view line) -> Result<void> {
                                                      GAVAH_ASSIGN(const Json json, Json::parse(line));
                                                      GAVAH_ASSIGN(Capture capture, capture_from_json(json));
                                                      captures_.push_back(std::move(capture));
                                                      return {};
                                                    });
}

Result<void> Derivation::load_present() {
  GAVAH_TRY(index_.for_each_json(store::IndexTable::reports, [&](std::string_view line) -> Result<void> {
    GAVAH_ASSIGN(const Json json, Json::parse(line));
    GAVAH_ASSIGN(const Report report, report_from_json(json));
    digests_.push_back(link::digest(report));
    return {};
  }));
  GAVAH_TRY(index_.for_each_json(store::IndexTable::claims, [&](std::string_view line) -> Result<void> {
    GAVAH_ASSIGN(const Json json, Json::parse(line));
    GAVAH_ASSIGN(Claim claim, claim_from_json(json));
    claims_.push_back(std::move(claim));
    return {};
  }));
  std::erase_if(claims_, [&](const Claim& claim) {
    const bool by_hand = claim.coded_by == CodedBy::person;
    if (by_hand) hand_claims_.push_back(claim.id);
    return by_hand;
  });
  // What linking or a person changed is linked again from how it was coded.
  GAVAH_ASSIGN(const auto before, raw_claims(index_));
  if (before.empty()) return {};
  for (Claim& claim : claims_) {
    const auto found = before.find(claim.id);
    if (found != before.end()) claim = found->second;
  }
  std::vector<Claim> restored;
  restored.reserve(before.size());
  for (const auto& [id, claim] : before) restored.push_back(claim);
  return index_.put(std::span<const Claim>(restored));
}

Result<Derivation::Opened> Derivation::open(const Capture& capture) {
  Opened out;
  out.capture = &capture;
  GAVAH_ASSIGN(store::Chronicle::CaptureObject object, chronicle_.stored().object_of(capture.id));
  out.object = object.name;
  out.age_header = std::move(object.age_header);
  return out;
}

Result<void> Derivation::derive_captures() {
  std::uint64_t expected = 0;
  for (const Capture& capture : captures_) expected += capture.part_count;
  std::vector<Work> work;
  std::size_t waiting = 0;
  for (const Capture& capture : captures_) {
    GAVAH_ASSIGN(Opened found, open(capture));
    const auto opened = std::make_shared<const Opened>(std::move(found));
    for (PartNumber next = 0; next < capture.part_count;) {
      GAVAH_ASSIGN(std::vector<Part> parts,
                   chronicle_.stored().ledger().parts(capture.id, next, kPartsAtOnce - waiting));
      if (parts.empty()) break;  // the last ones were shredded
      next = parts.back().number + 1;
      waiting += parts.size();
      divide(opened, std::move(parts), work);
      if (waiting < kPartsAtOnce) continue;
      GAVAH_TRY(do_work(work, expected));
      work.clear();
      waiting = 0;
    }
  }
  return do_work(work, expected);
}

void Derivation::divide(const std::shared_ptr<const Opened>& opened, std::vector<Part> parts, std::vector<Work>& work) {
  std::uint64_t bytes = 0;
  bool is_full = true;
  for (Part& part : parts) {
    if (is_full) {
      work.push_back({opened, {}});
      bytes = 0;
    }
    bytes += part.size_bytes;
    work.back().parts.push_back(std::move(part));
    is_full = work.back().parts.size() == kPartsTogether || bytes >= kBytesTogether;
  }
}

Result<void> Derivation::do_work(const std::vector<Work>& work, std::uint64_t expected) {
  std::optional<Error> failure;
  make_in_order<Made>(
      work.size(), options_.threads, kWorkAhead, [&](std::size_t i) { return make(work[i]); },
      [&](std::size_t, Made&& made) {
        auto taken = made.error ? Result<void>(std::unexpected(*made.error)) : take(std::move(made));
        if (options_.progress) options_.progress("deriving", summary_.new_parts, expected);
        if (taken) return Continue::yes;
        failure = taken.error();
        return Continue::no;
      });
  if (failure) return std::unexpected(*failure);
  return {};
}

Derivation::Made Derivation::make(const Work& work) const {
  Made out;
  out.parts = work.parts.size();
  auto bytes = chronicle_.stored().objects().open(work.opened->object, work.opened->age_header,
                                                  chronicle_.stored().keys().identity);
  if (!bytes) {
    out.error = bytes.error();
    return out;
  }
  const auto extracted = parser_.extract(**bytes, *work.opened->capture, work.parts, chronicle_.ids(),
                                         [&](const Part&, std::vector<Report> reports) -> Result<void> {
                                           for (Report& report : reports) {
                                             report.source = registry_->resolve(report.source);
                                             for (Claim& claim : toolkit_->coder().code(report, chronicle_.ids()))
                                               out.claims.push_back(std::move(claim));
                                             out.digests.push_back(link::digest(report));
                                             out.reports.push_back(std::move(report));
                                           }
                                           return {};
                                         });
  if (!extracted) out.error = extracted.error();
  return out;
}

Result<void> Derivation::take(Made&& made) {
  summary_.new_parts += made.parts;
  GAVAH_TRY(index_.put(std::span<const Report>(made.reports)));
  GAVAH_TRY(index_.put(std::span<const Claim>(made.claims)));
  std::ranges::move(made.digests, std::back_inserter(digests_));
  std::ranges::move(made.claims, std::back_inserter(claims_));
  return {};
}

Result<void> Derivation::code_by_hand(const std::vector<Decision>& decisions) {
  std::vector<Claim> coded;
  for (const Decision& decision : decisions) {
    if (decision.verb != Verb::code) continue;
    const Anchor& anchor = decision.anchors.front();
    const auto* bytes = std::get_if<ByteRange>(&anchor.where);
    GAVAH_ASSIGN(const auto reports, index_.reports_of(anchor.capture, anchor.part));
    std::optional<Claim> made;
    for (const ReportId& id : reports) {
      GAVAH_ASSIGN(const Report report, index_.report(id));
      const auto span = bytes != nullptr ? text_span(report, *bytes) : std::nullopt;
      if (!span) continue;
      GAVAH_ASSIGN(const Json value, Json::parse(decision.value));
      GAVAH_ASSIGN(Claim claim, claim_from_json(value));
      claim.id = chronicle_.ids().derive<ClaimId>("claim by hand", hand_claim_content(decision));
      claim.report = id;
      claim.anchor = anchor;
      claim.trigger = *span;
      claim.coded_by = CodedBy::person;
      made = std::move(claim);
      break;
    }
    if (made) {
      coded.push_back(std::move(*made));
    } else {
      orphans_.push_back({decision.id, "no report has text from these bytes any more"});
    }
  }
  // The claim of a decision that was revoked, or has lost its words, goes.
  std::erase_if(hand_claims_,
                [&](const ClaimId& id) { return std::ranges::find(coded, id, &Claim::id) != coded.end(); });
  GAVAH_TRY(index_.remove_claims(hand_claims_));
  GAVAH_TRY(index_.put(std::span<const Claim>(coded)));
  std::ranges::move(coded, std::back_inserter(claims_));
  return {};
}

Result<void> Derivation::link_all(const std::vector<Decision>& decisions) {
  if (options_.progress) options_.progress("linking", 0, 0);
  // The registry may have learnt a source since a report was extracted.
  for (auto& digest : digests_) digest.source = registry_->resolve(digest.source);
  const auto& sources = registry_->sources();
  const link::LinkOutput linked =
      link::link({digests_, claims_, sources, decisions}, chronicle_.ids(), options_.threads);
  for (const auto table : {store::IndexTable::lineages, store::IndexTable::events, store::IndexTable::victims}) {
    GAVAH_TRY(index_.clear(table));
  }
  GAVAH_TRY(index_.put(std::span<const Lineage>(linked.lineages)));
  GAVAH_TRY(index_.put(std::span<const Event>(linked.events)));
  GAVAH_TRY(index_.put(std::span<const Victim>(linked.victims)));
  GAVAH_TRY(put_claims(linked));
  GAVAH_TRY(put_orphans(linked));
  summary_.reports = digests_.size();
  summary_.claims = claims_.size();
  summary_.lineages = linked.lineages.size();
  summary_.events = linked.events.size();
  return {};
}

Result<void> Derivation::put_claims(const link::LinkOutput& linked) {
  std::ranges::sort(claims_, {}, &Claim::id);  // in whatever order they were coded or loaded
  std::map<ClaimId, const Claim*> corrected;
  for (const Claim& claim : linked.corrected) corrected[claim.id] = &claim;
  std::map<ClaimId, ClaimId> abouts;
  for (const auto& link : linked.abouts) abouts[link.claim] = link.about;
  // All stand in the index as they were coded; what linking changed replaces them.
  std::vector<Claim> rows;
  JsonWriter before;
  before.begin_array();
  for (const Claim& claim : claims_) {
    const auto correction = corrected.find(claim.id);
    const auto about = abouts.find(claim.id);
    if (correction == corrected.end() && about == abouts.end()) continue;
    before.raw(to_json(claim));
    rows.push_back(correction != corrected.end() ? *correction->second : claim);
    if (about != abouts.end()) rows.back().about = about->second;
  }
  GAVAH_TRY(index_.put(std::span<const Claim>(rows)));
  return index_.set_note(kRawClaims, !rows.empty() ? before.end_array().str() : std::string());
}

Result<void> Derivation::put_orphans(const link::LinkOutput& linked) {
  for (const auto& orphan : linked.orphans) orphans_.push_back({orphan.decision, orphan.why});
  for (auto& orphan : orphans_) {
    orphan.json = JsonWriter()
                      .begin_object()
                      .member("type", "orphan")
                      .member("decision", orphan.decision.hex())
                      .member("why", orphan.json)
                      .end_object()
                      .take();
  }
  std::ranges::sort(orphans_, {}, &store::OrphanRow::decision);
  summary_.orphans = orphans_.size();
  GAVAH_TRY(index_.clear(store::IndexTable::orphans));
  return index_.put(std::span<const store::OrphanRow>(orphans_));
}

namespace {

/// Derives everything into a file of its own, which then takes the index's place.
Result<DeriveSummary> derive_from_nothing(Chronicle& chronicle, const DeriveOptions& options, const Parser& parser) {
  const std::string path = chronicle.stored().index_path() + ".new";
  for (const std::string suffix : {"", "-wal", "-shm"}) {
    if (chronicle.world().disk().exists(path + suffix)) GAVAH_TRY(chronicle.world().disk().remove(path + suffix));
  }
  DeriveSummary summary;
  {
    GAVAH_ASSIGN(store::Index scratch, store::Index::create_scratch(chronicle.stored().index_file(path)));
    GAVAH_ASSIGN(summary, Derivation(chronicle, scratch, options, parser).run());
    GAVAH_TRY(scratch.finish());
    GAVAH_ASSIGN(const Digest digest, scratch.content_digest());
    summary.index_digest = digest.hex();
  }
  GAVAH_TRY(chronicle.replace_index(path));
  return summary;
}

}  // namespace

Result<DeriveSummary> derive(Chronicle& chronicle, const DeriveOptions& options) {
  GAVAH_ASSIGN(confine::Workers * workers, chronicle.world().workers());
  GAVAH_TRY(chronicle.writer());  // one process at a time makes the index
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  GAVAH_ASSIGN(const Toolkit* toolkit, chronicle.toolkit());
  GAVAH_ASSIGN(const std::string derived_with, index->note(kDerivedWith));
  if (derived_with != toolkit->fingerprint()) return derive_from_nothing(chronicle, options, Parser(workers));
  GAVAH_ASSIGN(DeriveSummary summary, Derivation(chronicle, *index, options, Parser(workers)).run());
  GAVAH_ASSIGN(const Digest digest, index->content_digest());
  summary.index_digest = digest.hex();
  return summary;
}

Result<bool> is_derived(Chronicle& chronicle) {
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  GAVAH_ASSIGN(const Toolkit* toolkit, chronicle.toolkit());
  GAVAH_ASSIGN(const std::string derived_with, index->note(kDerivedWith));
  GAVAH_ASSIGN(const std::string derived_to, index->note(kDerivedTo));
  if (derived_with != toolkit->fingerprint() || derived_to.empty()) return false;
  // Only these types are inputs of a derivation; publishing appends others.
  for (const auto type : {proof::LeafType::capture, proof::LeafType::decision, proof::LeafType::source}) {
    bool is_newer = false;
    GAVAH_TRY(chronicle.stored().ledger().for_each_json(type, std::stoull(derived_to),
                                                        [&](proof::LeafIndex, std::string_view) -> Result<void> {
                                                          is_newer = true;
                                                          return {};
                                                        }));
    if (is_newer) return false;
  }
  return true;
}

Result<DeriveSummary> rebuild(Chronicle& chronicle, const DeriveOptions& options) {
  GAVAH_ASSIGN(confine::Workers * workers, chronicle.world().workers());
  GAVAH_TRY(chronicle.writer());
  return derive_from_nothing(chronicle, options, Parser(workers));
}

}  // namespace gavah::pipeline
