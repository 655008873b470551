#include "model/claim.h"

#include <algorithm>

#include "model/named.h"

namespace gavah {
namespace {

constexpr std::array<Named<Stage>, 7> kStages{{{Stage::planned, "planned"},
                                               {Stage::threatened, "threatened"},
                                               {Stage::attempted, "attempted"},
                                               {Stage::occurred, "occurred"},
                                               {Stage::continuing, "continuing"},
                                               {Stage::ended, "ended"},
                                               {Stage::cancelled, "cancelled"}}};
constexpr std::array<Named<Polarity>, 4> kPolarities{{{Polarity::asserted, "asserted"},
                                                      {Polarity::denied, "denied"},
                                                      {Polarity::doubted, "doubted"},
                                                      {Polarity::corrected, "corrected"}}};
constexpr std::array<Named<Attribution>, 6> kAttributions{{{Attribution::unattributed, "unattributed"},
                                                           {Attribution::witness, "witness"},
                                                           {Attribution::authority, "authority"},
                                                           {Attribution::claimed_by_actor, "claimed by actor"},
                                                           {Attribution::accused, "accused"},
                                                           {Attribution::social_post, "social post"}}};

void write_persons(JsonWriter& out, const std::vector<Person>& persons) {
  out.key("persons").begin_array();
  for (const Person& person : persons) {
    out.begin_object().member("name", person.name).member("role", person.role).member("age", person.age);
    out.member("condition", person.condition).key("span");
    write_span(out, person.span);
    out.end_object();
  }
  out.end_array();
}

void read_slots(ObjectReader& in, const Json& json, Claim& out) {
  out.speaker = read_actor(in, "speaker");
  out.about = in.optional_parsed("about", ClaimId::from_hex);
  out.time = read_time(in, "time");
  out.places = read_places(in, "places");
  out.actors = read_actors(in, "actors");
  out.targets = read_actors(in, "targets");
  out.persons = read_persons(in, "persons");
  out.counts = read_counts(in, "counts");
  for (const Json& slogan : in.array("slogans")) {
    if (slogan.string() != nullptr) out.slogans.push_back(*slogan.string());
  }
  out.trigger = read_span(in, json, "trigger").value_or(Span{});
  out.confidence.thousandths =
      static_cast<std::uint16_t>(std::clamp<std::int64_t>(in.optional_integer("confidence").value_or(0), 0, 1000));
}

}  // namespace

std::string_view name_of(Stage stage) { return name_in(kStages, stage); }
Result<Stage> stage_from(std::string_view name) { return value_in(kStages, name, "stage"); }
std::string_view name_of(Polarity polarity) { return name_in(kPolarities, polarity); }
Result<Polarity> polarity_from(std::string_view name) { return value_in(kPolarities, name, "polarity"); }
std::string_view name_of(Attribution attribution) { return name_in(kAttributions, attribution); }
Result<Attribution> attribution_from(std::string_view name) { return value_in(kAttributions, name, "attribution"); }

std::vector<Person> read_persons(ObjectReader& outer, std::string_view key) {
  std::vector<Person> out;
  for (const Json& json : outer.array(key)) {
    ObjectReader in(json);
    out.push_back({in.optional_text("name").value_or(""), in.optional_text("role").value_or(""),
                   in.optional_integer("age"), in.optional_text("condition").value_or(""),
                   read_span(in, json, "span")});
    if (const auto finished = in.finish(); !finished) outer.complain(key, finished.error().message);
  }
  return out;
}

std::string to_json(const Claim& claim) {
  JsonWriter out;
  out.begin_object()
      .member("type", "claim")
      .member("id", claim.id.hex())
      .member("report", claim.report.hex())
      .key("anchor");
  if (claim.anchor) {
    write_anchor(out, *claim.anchor);
  } else {
    out.null();
  }
  out.member("act", claim.act).member("stage", name_of(claim.stage)).member("polarity", name_of(claim.polarity));
  out.member("attribution", name_of(claim.attribution)).key("speaker");
  if (claim.speaker) {
    write_actor(out, *claim.speaker);
  } else {
    out.null();
  }
  out.member("about", claim.about ? std::optional<std::string>(claim.about->hex()) : std::nullopt).key("time");
  write_time(out, claim.time);
  write_places(out, "places", claim.places);
  write_actors(out, "actors", claim.actors);
  write_actors(out, "targets", claim.targets);
  write_persons(out, claim.persons);
  write_counts(out, "counts", claim.counts);
  out.key("slogans").begin_array();
  for (const auto& slogan : claim.slogans) out.text(slogan);
  out.end_array().key("trigger");
  write_span(out, claim.trigger);
  out.member("confidence", claim.confidence.thousandths)
      .member("coded_by", claim.coded_by == CodedBy::person ? "person" : "program");
  out.key("umbrella").truth(claim.umbrella).end_object();
  return out.take();
}

Result<Claim> claim_from_json(const Json& json) {
  ObjectReader in(json);
  Claim out;
  out.id = in.parsed("id", ClaimId::from_hex);
  out.report = in.parsed("report", ReportId::from_hex);
  if (const Json* anchor = in.object("anchor")) {
    GAVAH_ASSIGN(out.anchor, anchor_from_json(*anchor));
  }
  out.act = in.text("act");
  out.stage = in.optional_parsed("stage", stage_from).value_or(Stage::occurred);
  out.polarity = in.optional_parsed("polarity", polarity_from).value_or(Polarity::asserted);
  out.attribution = in.optional_parsed("attribution", attribution_from).value_or(Attribution::unattributed);
  read_slots(in, json, out);
  out.coded_by = in.optional_text("coded_by").value_or("program") == "person" ? CodedBy::person : CodedBy::program;
  const Json* umbrella = json.find("umbrella");
  out.umbrella = umbrella != nullptr && umbrella->boolean().value_or(false);
  GAVAH_TRY_AS(in.finish(), "reading a claim");
  return out;
}

}  // namespace gavah
