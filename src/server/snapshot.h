#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/event_columns.h"

namespace gavah::server {

/// A value of a closed list and its words in both languages of the UI.
struct Label {
  std::string key;  ///< stable, without comma; used in addresses ("hunger-strike")
  std::string en;
  std::string fa;  ///< empty: `en` is shown
};

/// A province (or what the gazetteer has at that level): counted as an area, never dotted at its centre.
struct Area {
  Label label;
  MercatorPoint middle;  ///< where the area's count may be written on the map; nowhere when unknown
};

/// Lists that codes of EventColumns point into. At most 256 acts, 256 sides, 16 kinds, 65,535 areas.
struct Labels {
  std::vector<Label> acts;          ///< of the codebook
  std::vector<Label> sides;         ///< "protest", "state", "other", "unknown"
  std::vector<Label> source_kinds;  ///< kinds of the registry of sources; the rest under "other"
  std::vector<Area> areas;
};

/// What the log was when a snapshot was taken.
struct LogHead {
  std::string origin;
  std::uint64_t size = 0;  ///< leaves
  std::string root_hex;    ///< 64 hexadecimal digits
};

enum class Geography { real, fictional };           ///< fictional: no real coast is drawn under it
enum class Protection { passphrase, unprotected };  ///< whether keys at rest are wrapped

/// Everything that counts come from, frozen: all answers to one query use one snapshot, so totals cannot disagree.
struct Snapshot {
  LogHead head;
  std::string name;  ///< of the chronicle, for people
  Geography geography = Geography::real;
  Protection protection = Protection::passphrase;
  std::uint64_t captures = 0;
  std::uint64_t reports = 0;
  std::uint64_t problems = 0;  ///< quarantined items and failed checks that a person should look at
  Labels labels;
  EventColumns events;
};

}  // namespace gavah::server
