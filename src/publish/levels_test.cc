#include "publish/levels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gavah::publish {
namespace {

using ::testing::ElementsAre;

Place place(PlacePrecision precision, std::string id, std::vector<std::string> path) {
  Place out;
  out.precision = precision;
  out.id = std::move(id);
  out.path = std::move(path);
  return out;
}

constexpr auto kNone = std::nullopt;

TEST(Levels, ASiteWithoutAnIdIsKnownByItsTownAlone) {
  EXPECT_THAT(levels_of({place(PlacePrecision::facility, "", {"ZX", "ZX-01", "town"})}),
              ElementsAre("ZX", "ZX-01", kNone, "town", kNone));
  EXPECT_THAT(levels_of({place(PlacePrecision::facility, "site", {"ZX", "ZX-01", "town", "site"})}),
              ElementsAre("ZX", "ZX-01", kNone, "town", "site"));
}

TEST(Levels, AnAreaWithoutAnIdStaysAnArea) {
  EXPECT_THAT(levels_of({place(PlacePrecision::province, "", {"ZX", "ZX-01"})}),
              ElementsAre("ZX", "ZX-01", kNone, kNone, kNone));
}

}  // namespace
}  // namespace gavah::publish
