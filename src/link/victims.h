#pragma once

#include <vector>

#include "link/event_maker.h"

namespace gavah::link {

/// Persons to whom a state's act was done, one a name (by name_key) and event; the same name of at least two words in
/// events of one province is one person. Persons named with one word are linked inside one event only. A
/// person told of by an age alone is the one named person of that event whose age that can be, or else a victim without
/// a name, one an age and event; where it can be several named ones it makes nobody. Not guaranteed: that two persons
/// of one name are not held for one. Sorted by id.
std::vector<Victim> make_victims(const ClusterContext& context, std::span<const Cluster> clusters,
                                 const std::vector<MadeEvent>& events, const IdSecret& secret);

}  // namespace gavah::link
