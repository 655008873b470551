#include "store/contents.h"

#include <gtest/gtest.h>

namespace gavah::store {
namespace {

Contents sample() {
  Contents out;
  out.values = {{"name", {"text", "نام"}}, {"note", {}}};
  SeededRandom random(3);
  out.lists["parts"] = {proof::salted("one", random), proof::salted("", random),
                        proof::ListRecord{{}, {}, sha256("a record that was destroyed")}};
  out.lists["empty"] = {};
  return out;
}

TEST(Contents, ReadBackWhatTheyWrite) {
  const Contents contents = sample();
  EXPECT_EQ(contents_from(contents_bytes(contents.values, contents.lists)).value(), contents);
  EXPECT_EQ(contents_from(contents_bytes({}, std::map<std::string, ListBytes>{})).value(), Contents{});
}

TEST(Contents, EveryCutIsCorrupt) {
  const Contents contents = sample();
  const std::string bytes = contents_bytes(contents.values, contents.lists);
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(contents_from(bytes.substr(0, size))) << size;
  EXPECT_FALSE(contents_from(bytes + "x"));
  EXPECT_FALSE(contents_from(std::string(8, '\xff')));
}

}  // namespace
}  // namespace gavah::store
