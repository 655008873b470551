#include "code/code.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/utf8.h"
#include "code/acceptance.h"
#include "code/codebook.h"
#include "code/counting.h"
#include "code/dispute.h"
#include "code/judgement.h"
#include "code/lexicon.h"
#include "code/merging.h"
#include "code/narrator.h"
#include "code/role.h"
#include "code/scan.h"
#include "code/setting.h"
#include "code/telling.h"

namespace gavah::code {

struct Knowledge {
  Codebook codebook;
  Lexicon lexicon;
  Acceptance layer;
  place::Resolver resolver;
  place::ResolveOptions places;
  std::string digest;
};

namespace {

/// A report longer than this is coded up to here: no statement is, and spans are 32 bits wide.
constexpr std::size_t kTextLimitBytes = std::size_t{16} << 20;
/// Mentions of one report; a list of many thousands is a table, which extract gives row by row.
constexpr std::size_t kMentionLimit = 4096;

using Files = std::map<std::string_view, std::string_view>;

Files by_name(const CoderData& data) {
  Files out;
  for (const DataFile& file : data.files) out.emplace(file.name, file.bytes);
  return out;
}

constexpr std::string_view kActsFile = "codebook/acts.json";
constexpr std::string_view kCodesFile = "codebook/codes.json";
constexpr std::string_view kLayerFile = "models/acceptance/weights.tsv";

constexpr std::array<std::string_view, 26> kNames{
    kActsFile,
    kCodesFile,
    "lexicon/ar/actors.tsv",
    "lexicon/ar/context.tsv",
    "lexicon/ar/count_nouns.tsv",
    "lexicon/ar/cues.tsv",
    "lexicon/ar/names.tsv",
    "lexicon/ar/results.tsv",
    "lexicon/ar/triggers.tsv",
    "lexicon/en/actors.tsv",
    "lexicon/en/context.tsv",
    "lexicon/en/count_nouns.tsv",
    "lexicon/en/cues.tsv",
    "lexicon/en/irregular.tsv",
    "lexicon/en/names.tsv",
    "lexicon/en/results.tsv",
    "lexicon/en/triggers.tsv",
    "lexicon/fa/actors.tsv",
    "lexicon/fa/context.tsv",
    "lexicon/fa/count_nouns.tsv",
    "lexicon/fa/cues.tsv",
    "lexicon/fa/names.tsv",
    "lexicon/fa/results.tsv",
    "lexicon/fa/triggers.tsv",
    "lexicon/fa/verbs.tsv",
    kLayerFile,
};

/// The one place a title names; nothing when it names several that do not hold one another.
std::vector<Place> places_of_title(const Report& report, const Knowledge& knowledge) {
  if (report.title.empty()) return {};
  const text::Reading reading(report.title);
  auto places = knowledge.resolver.resolve(reading, knowledge.places);
  std::erase_if(places, [](const Place& place) { return place.id.empty() && !place.path.empty(); });  // its town stays
  if (places.empty()) return {};
  auto smallest = std::ranges::min_element(places, {}, &Place::precision);
  for (const Place& place : places) {
    if (place.id.empty() || std::ranges::find(smallest->path, place.id) == smallest->path.end()) return {};
  }
  // The words stand in the title, not in the text: the slot has no span to show.
  smallest->phrase.clear();
  smallest->span.reset();
  return {*smallest};
}

std::vector<Mention> read_mentions(const Scan& scan, const Knowledge& knowledge) {
  const Codebook& codebook = knowledge.codebook;
  const Judge judge(scan, codebook, knowledge.lexicon);
  Settler settler(scan, codebook, places_of_title(scan.report(), knowledge));
  std::vector<Mention> all;
  Narrator narrator(scan, codebook);
  std::optional<Actor> reviser;  // "The Gazette retracts its report": it speaks in the denials that follow
  for (const SentenceScan& sentence : scan.sentences()) {
    if (all.size() >= kMentionLimit) break;
    auto mentions = judge.mentions(sentence, all.empty() ? Judge::Before::nothing : Judge::Before::acts);
    reject_unlikely(mentions, scan, codebook, knowledge.lexicon, knowledge.layer);
    const bool speaks = !mentions.empty() || !sentence.cues.empty();
    auto tellers = speaks ? tellers_of(sentence, scan, codebook) : std::vector<Teller>{};
    if (speaks) narrator.complete(tellers, sentence);
    for (const Teller& teller : tellers) {
      if (teller.cue == Cue::retraction || teller.cue == Cue::correction) reviser = teller.actor;
    }
    take_slogan(all, sentence, scan, codebook);
    if (mentions.empty()) {
      settler.read_heading(sentence);
      carry_counts(all, sentence, scan, codebook);
      for (Mention& denial : denials_of_earlier(sentence, scan, all, tellers, codebook)) {
        attribute(denial, tellers, sentence, scan, codebook);
        if (scan.trace() != nullptr) scan.trace()->reject_idle_cues(denial, sentence);
        all.push_back(std::move(denial));
      }
      if (auto vouched = vouching_for_earlier(sentence, scan, all, tellers, codebook)) {
        attribute(*vouched, tellers, sentence, scan, codebook);
        all.push_back(*std::move(vouched));
      }
      continue;
    }
    give_counts(mentions, sentence, scan, codebook);
    give_roles(mentions, sentence, scan, codebook, tellers);
    give_persons(mentions, sentence, scan, codebook, tellers);
    give_slogans(mentions, sentence, scan, codebook);
    for (Mention& mention : mentions) {
      attribute(mention, tellers, sentence, scan, codebook);
      const bool revises = mention.polarity == Polarity::denied || mention.polarity == Polarity::corrected;
      if (revises && !mention.speaker && reviser) {
        mention.speaker = reviser;
        if (scan.trace() != nullptr) {
          scan.trace()->take(mention.trail, Slot::attribution, reviser->name,
                             {"it revised a report in a sentence before"}, reviser->span);
        }
      }
    }
    if (scan.trace() != nullptr) {
      for (const Mention& mention : mentions) scan.trace()->reject_idle_cues(mention, sentence);
    }
    settler.settle(mentions, sentence);
    std::ranges::move(mentions, std::back_inserter(all));
  }
  return all;
}

/// A sentence that names neither who, to whom, where, when nor how many tells of no act that anyone could look up: it
/// is a figure of speech ("prices were executed") or a thought ("every protest"). In English its rows are looser, its
/// order of words stricter: there nobody, no number, place or time may stand in the sentence at all, and posts are let
/// pass.
void drop_unfounded(std::vector<Mention>& mentions, const Scan& scan, const Codebook& codebook) {
  std::erase_if(mentions, [&](const Mention& mention) {
    const SentenceScan& sentence = scan.sentences()[mention.sentence];
    const bool names_any = scan.report().kind != ReportKind::article || !sentence.actors.empty() ||
                           !sentence.numbers.empty() || !sentence.times.empty() || !sentence.places.empty();
    // «دیشب گرفتنش»: who writes a post saw it, and its verbs say "him".
    const bool posted = scan.report().kind == ReportKind::post && mention.trigger.word->form == TriggerForm::verb;
    if (mention.apart || posted || (sentence.tongue == Tongue::english && names_any)) return false;
    if (mention.polarity != Polarity::asserted || mention.speaker || !mention.actors.empty() ||
        !mention.targets.empty() || !mention.places.empty() || !mention.counts.empty() || !mention.persons.empty())
      return false;
    if (mention.time.own || mention.time.time.span) return false;
    if (scan.trace() != nullptr)
      scan.trace()->reject(0, Slot::act, codebook.acts()[mention.act].key,
                           {"nothing says who, to whom, where, when or how many"}, &mention.trigger);
    return true;
  });
}

/// What is told of a time that nobody alive has seen is history, not a report.
void drop_history(std::vector<Mention>& mentions, const Scan& scan, const Codebook& codebook) {
  constexpr std::int64_t kLifetimeSeconds = std::int64_t{80} * 366 * 86400;
  const auto& published = scan.report().published.start;
  if (!published) return;
  std::erase_if(mentions, [&](const Mention& mention) {
    const auto& end = mention.time.time.end;
    if (!mention.time.own || !end || published->seconds - end->seconds < kLifetimeSeconds) return false;
    if (scan.trace() != nullptr)
      scan.trace()->reject(0, Slot::act, codebook.acts()[mention.act].key,
                           {"it is history: longer ago than a lifetime"}, &mention.trigger);
    return true;
  });
}

ClaimId id_of(const Claim& claim, std::uint32_t ordinal, const IdSecret& secret) {
  std::string content;
  append_length_prefixed(content, claim.report.view());
  append_length_prefixed(content, claim.act);
  append_u32_be(content, claim.trigger.begin);
  append_u32_be(content, claim.trigger.end);
  append_u32_be(content, ordinal);
  return secret.derive<ClaimId>("claim", content);
}

Claim claim_of(Mention& mention, const Scan& scan, const Knowledge& knowledge) {
  Claim claim;
  claim.report = scan.report().id;
  claim.anchor = anchor_of(scan.report(), scan.sentences()[mention.sentence].span);
  claim.act = knowledge.codebook.acts()[mention.act].key;
  claim.stage = mention.stage;
  claim.polarity = mention.polarity;
  claim.attribution = mention.attribution;
  claim.speaker = std::move(mention.speaker);
  claim.time = std::move(mention.time.time);
  claim.places = std::move(mention.places);
  claim.actors = std::move(mention.actors);
  claim.targets = std::move(mention.targets);
  claim.persons = std::move(mention.persons);
  claim.counts = std::move(mention.counts);
  claim.slogans = std::move(mention.slogans);
  claim.trigger = mention.trigger.span;
  claim.confidence = {static_cast<std::uint16_t>(std::clamp(mention.confidence, 0, 1000))};
  claim.umbrella = mention.umbrella;
  return claim;
}

/// Ids come first, so that `about` can name a claim that stands later.
std::vector<Claim> claims_of(std::vector<Mention> mentions, const Scan& scan, const Knowledge& knowledge,
                             const IdSecret& secret) {
  std::vector<Claim> claims;
  claims.reserve(mentions.size());
  std::map<std::pair<std::string, Span>, std::uint32_t> ordinals;
  for (Mention& mention : mentions) {
    claims.push_back(claim_of(mention, scan, knowledge));
    Claim& claim = claims.back();
    claim.id = id_of(claim, ordinals[{claim.act, claim.trigger}]++, secret);
    if (scan.trace() != nullptr) scan.trace()->bind(claim.id, mention.trail);
  }
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    if (mentions[i].about) claims[i].about = claims[*mentions[i].about].id;
  }
  std::ranges::sort(claims, {}, [](const Claim& claim) {
    return std::tuple(claim.trigger, claim.act, claim.time.start,
                      claim.places.empty() ? Span{} : claim.places.front().span.value_or(Span{}));
  });
  return claims;
}

}  // namespace

std::span<const std::string_view> CoderData::names() { return kNames; }

Result<std::string> compiled_lexicon(const CoderData& data) {
  const Files files = by_name(data);
  for (const auto name : kNames) {
    if (!files.contains(name)) return fail(ErrorCode::invalid_input, std::string("missing data file ").append(name));
  }
  GAVAH_ASSIGN(const auto codebook, Codebook::parse(files.at(kActsFile), files.at(kCodesFile)));
  GAVAH_ASSIGN(const auto lexicon, Lexicon::build(files, codebook));
  return lexicon.compile(Lexicon::digest_of(files));
}

Coder::Coder(std::shared_ptr<const Knowledge> knowledge) : knowledge_(std::move(knowledge)) {}

Result<Coder> Coder::load(const CoderData& data, std::shared_ptr<const place::Gazetteer> gazetteer,
                          const CoderOptions& options) {
  const Files files = by_name(data);
  Sha256 hash;
  for (const auto name : kNames) {
    const auto found = files.find(name);
    if (found == files.end()) return fail(ErrorCode::invalid_input, std::string("missing data file ").append(name));
    hash.update(found->second);
  }
  for (const auto& [name, bytes] : files) {
    if (std::ranges::find(kNames, name) != kNames.end()) continue;
    // Of languages that were added; with the name, because there may be any number of them.
    std::string named;
    append_length_prefixed(named, name);
    append_length_prefixed(named, bytes);
    hash.update(named);
  }
  GAVAH_ASSIGN(auto codebook, Codebook::parse(files.at(kActsFile), files.at(kCodesFile)));
  auto compiled = Lexicon::open(data.compiled, Lexicon::digest_of(files));
  GAVAH_ASSIGN(auto lexicon, compiled ? *std::move(compiled) : Lexicon::build(files, codebook));
  GAVAH_ASSIGN_AS(auto layer, Acceptance::parse(files.at(kLayerFile)), std::string(kLayerFile));
  GAVAH_ASSIGN_AS(auto resolver, place::Resolver::build(std::move(gazetteer)), "preparing the gazetteer");
  return Coder(std::make_shared<const Knowledge>(Knowledge{std::move(codebook),
                                                           std::move(lexicon),
                                                           std::move(layer),
                                                           std::move(resolver),
                                                           {.home_country = options.home_country},
                                                           hash.finish().hex()}));
}

std::vector<Claim> Coder::code(const Report& report, const IdSecret& secret, Trace* trace) const {
  if (!report.hollow.empty() || report.text.empty()) return {};
  if (report.text.size() > kTextLimitBytes) {
    Report cut = report;
    cut.text = std::string(utf8_prefix(report.text, kTextLimitBytes));
    return code(cut, secret, trace);
  }
  const Scan scan(report, knowledge_->lexicon, knowledge_->resolver, knowledge_->places, trace);
  auto mentions = read_mentions(scan, *knowledge_);
  give_protagonist(mentions, knowledge_->codebook, trace);
  // An essay of unknown date tells of many times and places; a dated report mostly of one.
  if (report.published.start && report.published.precision < TimePrecision::week) fill_forward(mentions, trace);
  if (report.published.start && report.published.precision < TimePrecision::week) fill_from_text(mentions, scan);
  drop_history(mentions, scan, knowledge_->codebook);
  drop_unfounded(mentions, scan, knowledge_->codebook);
  mentions = merge_mentions(std::move(mentions), trace);
  relate_disputes(mentions, trace);
  for (Mention& doubt : doubts_about_actors(scan, mentions, knowledge_->codebook)) mentions.push_back(std::move(doubt));
  return claims_of(std::move(mentions), scan, *knowledge_, secret);
}

std::vector<TriggerHit> Coder::hits(const Report& report) const {
  std::vector<TriggerHit> out;
  if (!report.hollow.empty() || report.text.empty() || report.text.size() > kTextLimitBytes) return out;
  const Codebook& codebook = knowledge_->codebook;
  const Scan scan(report, knowledge_->lexicon, knowledge_->resolver, knowledge_->places);
  const Judge judge(scan, codebook, knowledge_->lexicon);
  for (const SentenceScan& sentence : scan.sentences()) {
    const auto before = out.empty() ? Judge::Before::nothing : Judge::Before::acts;
    const Surroundings surroundings = surroundings_of(scan, sentence.index);
    for (const Mention& mention : judge.mentions(sentence, before)) {
      TriggerHit hit{codebook.acts()[mention.act].key, mention.trigger.span, {}};
      for (const Feature& feature : features_of(mention, surroundings, scan, codebook, knowledge_->lexicon))
        hit.features.push_back(std::string(name_of(feature.kind)).append("\t").append(feature.value));
      out.push_back(std::move(hit));
    }
  }
  return out;
}

const std::string& Coder::data_digest() const { return knowledge_->digest; }

}  // namespace gavah::code
