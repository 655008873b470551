#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/json.h"
#include "model/actor.h"
#include "model/anchor.h"
#include "model/count.h"
#include "model/place.h"
#include "model/span.h"
#include "model/time_interval.h"

namespace gavah {

enum class Stage { planned, threatened, attempted, occurred, continuing, ended, cancelled };
enum class Polarity { asserted, denied, doubted, corrected };
/// Who vouches, as the words say: nobody is named, a named witness, an authority, the actor itself, an accuser, a post.
enum class Attribution { unattributed, witness, authority, claimed_by_actor, accused, social_post };
enum class CodedBy { program, person };

struct Person {
  std::string name;
  std::string role;  ///< "victim", "detainee", …
  std::optional<std::int64_t> age;
  std::string condition;  ///< "killed", "injured", "sentenced to death", …
  std::optional<Span> span;
  friend bool operator==(const Person&, const Person&) = default;
};

/// A probability in thousandths, 0 to 1000, and never a bare number. From the rule coder it is uncalibrated:
/// it orders claims, it does not say how often they are right.
struct Confidence {
  std::uint16_t thousandths = 0;
  friend auto operator<=>(const Confidence&, const Confidence&) = default;
};

/// One act asserted, denied or doubted in one report. Every slot rests on the words of its span.
struct Claim {
  ClaimId id;
  ReportId report;
  std::optional<Anchor> anchor;  ///< bytes of the sentence that carries the trigger
  std::string act;               ///< key of the codebook: "killing", "hunger strike", …
  Stage stage = Stage::occurred;
  Polarity polarity = Polarity::asserted;
  Attribution attribution = Attribution::unattributed;
  std::optional<Actor> speaker;
  std::optional<ClaimId> about;  ///< the claim that this one denies, doubts, corrects or retracts
  TimeInterval time;
  std::vector<Place> places;
  std::vector<Actor> actors;
  std::vector<Actor> targets;
  std::vector<Person> persons;
  std::vector<Count> counts;
  std::vector<std::string> slogans;
  Span trigger;
  Confidence confidence;
  CodedBy coded_by = CodedBy::program;
  /// True when the words are about many acts at once ("protests in ten cities", "the uprising of 2022").
  bool umbrella = false;
};

std::string_view name_of(Stage stage);
Result<Stage> stage_from(std::string_view name);
std::string_view name_of(Polarity polarity);
Result<Polarity> polarity_from(std::string_view name);
std::string_view name_of(
    Attribution attribution);  ///< "unattributed", "witness", "authority", "claimed by actor", "accused", "social post"
Result<Attribution> attribution_from(std::string_view name);

/// [{"name","role","age","condition","span"}]
std::vector<Person> read_persons(ObjectReader& in, std::string_view key);

std::string to_json(const Claim& claim);
Result<Claim> claim_from_json(const Json& json);

}  // namespace gavah
