#include "link/act_rule.h"

#include <array>

namespace gavah::link {
namespace {

constexpr auto kRules = std::to_array<ActRule>({
    {"symbolic display", "protest", "symbolic display", ActSpan::moment},
    {"gathering", "protest", "assembly", ActSpan::moment},
    {"march", "protest", "assembly", ActSpan::moment},
    {"sit-in", "protest", "sit-in", ActSpan::stretch},
    {"strike", "protest", "strike", ActSpan::stretch},
    {"hunger strike", "protest", "hunger strike", ActSpan::stretch},
    {"boycott", "protest", "boycott", ActSpan::stretch, ActGround::area},
    {"blockade", "protest", "blockade", ActSpan::stretch},
    {"commemoration", "protest", "commemoration", ActSpan::moment},
    {"riot", "protest", "riot", ActSpan::moment},
    {"property attack", "protest", "property attack", ActSpan::moment},
    {"group clash", "other", "group clash", ActSpan::moment},
    {"force deployment", "state", "force deployment", ActSpan::moment},
    {"crowd control", "state", "crowd control", ActSpan::moment},
    {"beating", "state", "beating", ActSpan::moment},
    {"live fire", "state", "lethal force", ActSpan::moment},
    {"killing", "state", "lethal force", ActSpan::moment},
    {"arrest", "state", "arrest", ActSpan::moment},
    {"abduction", "state", "abduction", ActSpan::moment},
    {"torture", "state", "torture", ActSpan::moment},
    {"prosecution", "state", "prosecution", ActSpan::moment},
    {"death sentence", "state", "death sentence", ActSpan::moment},
    {"execution", "state", "execution", ActSpan::moment},
    {"raid", "state", "raid", ActSpan::moment},
    {"censorship", "state", "censorship", ActSpan::stretch, ActGround::area},
    {"release", "state", "release", ActSpan::moment},
});

}  // namespace

ActRule rule_of(std::string_view act) {
  for (const ActRule& rule : kRules) {
    if (rule.act == act) return rule;
  }
  return ActRule{act, "unknown", act, ActSpan::moment, ActGround::spot};
}

}  // namespace gavah::link
