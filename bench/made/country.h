#pragma once

#include <string>
#include <vector>

#include "made/draw.h"

namespace gavah::bench {

/// A town, or the country or one of its provinces, of a country that does not exist.
struct Place {
  int id = 0;  ///< in the gazetteer
  std::string name;
  std::string name_fa;
  std::size_t province = 0;
};

struct Outlet {
  std::string id;  ///< host, or "@handle"
  std::string name;
  std::string kind;
  std::string family;
  std::string lang;
};

/// The country, its outlets and its accounts: a function of the seed.
struct Country {
  std::vector<Place> provinces;
  std::vector<Place> towns;
  std::vector<Outlet> outlets;
  std::vector<Outlet> accounts;

  static Country make(Draw& draw);
  /// In the tab-separated format of the GeoNames dump (19 columns).
  std::string gazetteer() const;
  /// As `gavah source import` takes it.
  std::string sources() const;
};

}  // namespace gavah::bench
