#include "code/cue.h"

#include <array>

#include "model/named.h"

namespace gavah::code {
namespace {
constexpr std::array<Named<Cue>, 38> kCues{{
    {Cue::none, "-"},
    {Cue::negation, "negation"},
    {Cue::denial, "denial"},
    {Cue::falsehood, "falsehood"},
    {Cue::doubt, "doubt"},
    {Cue::disbelief, "disbelief"},
    {Cue::hedge, "hedge"},
    {Cue::speech, "speech"},
    {Cue::according, "according"},
    {Cue::accuse, "accuse"},
    {Cue::responsibility, "responsibility"},
    {Cue::plan, "plan"},
    {Cue::call, "call"},
    {Cue::demand, "demand"},
    {Cue::topic, "topic"},
    {Cue::cause, "cause"},
    {Cue::threat, "threat"},
    {Cue::attempt, "attempt"},
    {Cue::cancel, "cancel"},
    {Cue::end, "end"},
    {Cue::begin, "begin"},
    {Cue::continuation, "continuation"},
    {Cue::so_far, "so far"},
    {Cue::toll, "toll"},
    {Cue::since, "since"},
    {Cue::per_day, "per day"},
    {Cue::correction, "correction"},
    {Cue::replaced, "replaced"},
    {Cue::numbered, "numbered"},
    {Cue::retraction, "retraction"},
    {Cue::umbrella, "umbrella"},
    {Cue::anniversary, "anniversary"},
    {Cue::background, "background"},
    {Cue::condition, "condition"},
    {Cue::outlet, "outlet"},
    {Cue::held_at, "held at"},
    {Cue::agent, "agent"},
    {Cue::slogan, "slogan"},
}};
}  // namespace

Result<Cue> cue_from(std::string_view name) { return value_in(kCues, name, "cue"); }

std::string_view name_of(Cue cue) { return name_in(kCues, cue); }

}  // namespace gavah::code
