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
  found.names.insert(person.name);
  found.events.insert(event);
  found.claims.insert(claim.id);
  if (person.age) found.ages.insert(*person.age);
  found.roles.insert(person.role);
  found.conditions.insert(person.condition);
}

}  // namespace

std::vector<Victim> make_victims(const ClusterContext& context, std::span<const Cluster> clusters,
                                 const std::vector<MadeEvent>& events, const IdSecret& secret) {
  std::map<std::string, Found> persons;
  for (const MadeEvent& made : events) {
    if (made.is_umbrella) continue;
    const Cluster& cluster = clusters[made.cluster];
    for (const StatementNumber number : cluster.members) {
      const Statement& statement = context.statements[number];
      if (statement.role != StatementRole::assertion || statement.rule.side != "state") continue;
      for (const Person& person : statement.claim->persons) {
        const std::string key = name_key(person.name);
        if (key.empty()) continue;
        const bool is_full = key.find(' ') != std::string::npos && !province_of(cluster).empty();
        const std::string where = is_full ? std::string(province_of(cluster)) : made.event.id.hex();
        note(persons[key + "\n" + where], person, *statement.claim, made.event.id);
      }
    }
  }
  std::vector<Victim> out;
  for (const auto& [identity, found] : persons) out.push_back(victim_of(identity, found, secret));
  std::ranges::sort(out, {}, &Victim::id);
  return out;
}

}  // namespace gavah::link
