#include "model/decision.h"

#include <set>

#include "model/named.h"

namespace gavah {
namespace {

constexpr std::array<Named<Verb>, 11> kVerbs{{{Verb::code, "code"},
                                              {Verb::correct, "correct"},
                                              {Verb::reject, "reject"},
                                              {Verb::dispose, "dispose"},
                                              {Verb::merge, "merge"},
                                              {Verb::split, "split"},
                                              {Verb::distinct, "distinct"},
                                              {Verb::verify, "verify"},
                                              {Verb::withhold, "withhold"},
                                              {Verb::withdraw, "withdraw"},
                                              {Verb::revoke, "revoke"}}};

}  // namespace

std::vector<Decision> standing(std::vector<Decision> all) {
  std::set<std::string> revoked;
  std::vector<bool> stands(all.size());
  for (std::size_t i = all.size(); i-- > 0;) {
    if (revoked.contains(all[i].id.hex())) continue;
    if (all[i].verb == Verb::revoke) {
      revoked.insert(all[i].value);
    } else {
      stands[i] = true;
    }
  }
  std::vector<Decision> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (stands[i]) out.push_back(std::move(all[i]));
  }
  return out;
}

std::string_view name_of(Verb verb) { return name_in(kVerbs, verb); }
Result<Verb> verb_from(std::string_view name) { return value_in(kVerbs, name, "verb"); }

std::string to_json(const Decision& decision) {
  JsonWriter out;
  out.begin_object().member("type", "decision").member("id", decision.id.hex()).member("verb", name_of(decision.verb));
  out.key("anchors").begin_array();
  for (const Anchor& anchor : decision.anchors) write_anchor(out, anchor);
  out.end_array().member("slot", decision.slot).member("value", decision.value).member("reason", decision.reason);
  out.member("by", decision.by).member("day", decision.day.text()).member("leaf", decision.leaf).end_object();
  return out.take();
}

Result<Decision> decision_from_json(const Json& json) {
  ObjectReader in(json);
  Decision out;
  out.id = in.parsed("id", DecisionId::from_hex);
  out.verb = in.parsed("verb", verb_from);
  for (const Json& anchor : in.array("anchors")) {
    GAVAH_ASSIGN(const Anchor read, anchor_from_json(anchor));
    out.anchors.push_back(read);
  }
  out.slot = in.optional_text("slot").value_or("");
  out.value = in.optional_text("value").value_or("");
  out.reason = in.optional_text("reason").value_or("");
  out.by = in.optional_text("by").value_or("");
  out.day = in.parsed("day", Day::parse);
  out.leaf = in.optional_integer("leaf");
  GAVAH_TRY_AS(in.finish(), "reading a decision");
  return out;
}

}  // namespace gavah
