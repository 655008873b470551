#include "link/victims.h"

#include <algorithm>
#include <map>
#include <set>

#include "link/name_key.h"

namespace gavah::link {
namespace {

struct Found {
  std::set<std::string> names;
  std::set<EventId> events;
  std::set<ClaimId> claims;
  std::set<std::int64_t> ages;
  std::set<std::string> roles;
  std::set<std::string> conditions;
};

std::string_view province_of(const Cluster& cluster) {
  const Place* place = cluster.facility != nullptr ? cluster.facility
                       : cluster.town != nullptr   ? cluster.town
                                                   : cluster.area;
  return place != nullptr && place->path.size() >= 2 ? std::string_view(place->path[1]) : std::string_view();
}

void write_texts(JsonWriter& out, std::string_view key, const std::set<std::string>& values) {
  out.key(key).begin_array();
  for (const std::string& value : values) {
    if (!value.empty()) out.text(value);
  }
  out.end_array();
}

Victim victim_of(const std::string& identity, const Found& found, const IdSecret& secret) {
  Victim out;
  out.id = secret.derive<VictimId>("victim", identity);
  out.names.assign(found.names.begin(), found.names.end());
  out.events.assign(found.events.begin(), found.events.end());
  out.claims.assign(found.claims.begin(), found.claims.end());
  JsonWriter attributes;
  attributes.begin_object().key("ages").begin_array();
  for (const std::int64_t age : found.ages) attributes.integer(age);
  attributes.end_array();
  write_texts(attributes, "roles", found.roles);
  write_texts(attributes, "conditions", found.conditions);
  attributes.end_object();
  out.attributes = attributes.take();
  return out;
}

void note(Found& found, const Person& person, const Claim& claim, const EventId& event) {
  if (!person.name.empty()) found.names.insert(person.name);
  found.events.insert(event);
  found.claims.insert(claim.id);
  if (person.age) found.ages.insert(*person.age);
  found.roles.insert(person.role);
  found.conditions.insert(person.condition);
}

/// A person of one event as one statement tells of them.
struct Told {
  const Person* person = nullptr;
  const Claim* claim = nullptr;
};

/// The persons that an event's assertions of a state's act tell of, in the order of its statements.
std::vector<Told> told_in(const ClusterContext& context, const Cluster& cluster) {
  std::vector<Told> out;
  for (const StatementNumber number : cluster.members) {
    const Statement& statement = context.statements[number];
    if (statement.role != StatementRole::assertion || statement.rule.side != "state") continue;
    for (const Person& person : statement.claim->persons) out.push_back({&person, statement.claim});
  }
  return out;
}

/// Persons by their identity. First all that have names, event by event, then those told of by an age alone, so that
/// nothing depends on the order of events.
class Persons {
 public:
  void add_named(const std::vector<Told>& told, std::string_view province, const EventId& event) {
    std::set<std::string>& here = named_[event];
    for (const Told& each : told) {
      const std::string key = name_key(each.person->name);
      if (key.empty()) continue;
      const bool is_full = key.find(' ') != std::string::npos && !province.empty();
      const std::string identity = key + "\n" + (is_full ? std::string(province) : event.hex());
      note(found_[identity], *each.person, *each.claim, event);
      if (each.person->age) ages_[identity].insert(*each.person->age);
      here.insert(identity);
    }
  }

  /// Someone told of by an age alone is whoever of the event's named persons that age allows; nobody new where it
  /// allows several; else a victim without a name, one an age and event.
  void add_nameless(const std::vector<Told>& told, const EventId& event) {
    for (const Told& each : told) {
      if (!each.person->name.empty() || !each.person->age) continue;
      const auto possible = whose_age_can_be(*each.person->age, event);
      if (possible.size() > 1) continue;
      const std::string nameless = "\n" + std::to_string(*each.person->age) + "\n" + event.hex();
      note(found_[possible.empty() ? nameless : possible.front()], *each.person, *each.claim, event);
    }
  }
  const std::map<std::string, Found>& found() const { return found_; }

 private:
  std::vector<std::string> whose_age_can_be(std::int64_t age, const EventId& event) const {
    std::vector<std::string> out;
    const auto here = named_.find(event);
    for (const std::string& identity : here == named_.end() ? std::set<std::string>{} : here->second) {
      const auto ages = ages_.find(identity);
      if (ages == ages_.end() || ages->second.contains(age)) out.push_back(identity);
    }
    return out;
  }

  std::map<std::string, Found> found_;
  std::map<std::string, std::set<std::int64_t>> ages_;  ///< stated with the name
  std::map<EventId, std::set<std::string>> named_;      ///< identities of each event's named persons
};

}  // namespace

std::vector<Victim> make_victims(const ClusterContext& context, std::span<const Cluster> clusters,
                                 const std::vector<MadeEvent>& events, const IdSecret& secret) {
  Persons persons;
  for (const MadeEvent& made : events) {
    if (made.is_umbrella) continue;
    const Cluster& cluster = clusters[made.cluster];
    persons.add_named(told_in(context, cluster), province_of(cluster), made.event.id);
  }
  for (const MadeEvent& made : events) {
    if (!made.is_umbrella) persons.add_nameless(told_in(context, clusters[made.cluster]), made.event.id);
  }
  std::vector<Victim> out;
  for (const auto& [identity, found] : persons.found()) out.push_back(victim_of(identity, found, secret));
  std::ranges::sort(out, {}, &Victim::id);
  return out;
}

}  // namespace gavah::link
