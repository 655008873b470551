// rooms: server model base
// Targets of requests, and the queries in them.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "server/histogram.h"
#include "server/query.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gavah::server;
  static const Labels labels{.acts = {{"strike", "Strike", ""}, {"riot", "Riot", ""}},
                             .sides = {{"state", "State", ""}},
                             .source_kinds = {{"outlet", "Outlet", ""}},
                             .areas = {{{"VM-01", "Northmark", ""}, {}}}};
  const auto address = Address::parse({reinterpret_cast<const char*>(data), size});
  if (!address) return 0;
  const auto query = Query::parse(*address, labels);
  if (query) GAVAH_CHECK(query->of(Facet::act).allowed.size() <= labels.acts.size());
  const auto edges = BarEdges::parse(address->parameter("edges"));
  if (edges) GAVAH_CHECK(Histogram(*edges).bars().size() <= kMaxBars);
  return 0;
}
