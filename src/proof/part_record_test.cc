#include "proof/part_record.h"

#include <gtest/gtest.h>

namespace gavah::proof {
namespace {

Part sample() {
  Part part;
  part.number = 7;
  part.size_bytes = 120;
  part.digest = sha256("bytes");
  part.chain = {{{10, 500}, "gzip"}, {{0, 120}, "none"}};
  return part;
}

TEST(PartRecord, ReadsBackWhatItWritesAndNothingElse) {
  const std::string json = to_json(part_record_of(sample()));
  EXPECT_EQ(part_record_from(json).value(), part_record_of(sample()));
  EXPECT_FALSE(part_record_from(" " + json));
  EXPECT_FALSE(part_record_from(R"({"part":-1,"size_bytes":1,"sha256":")" + sha256("x").hex() + R"("})"));
  EXPECT_FALSE(part_record_from(R"({"part":1})"));
}

TEST(ChainRecord, NamesEveryStep) {
  EXPECT_EQ(chain_record_of(sample()),
            R"({"part":7,"chain":[{"range":[10,500],"decoder":"gzip"},{"range":[0,120],"decoder":"none"}]})");
}

}  // namespace
}  // namespace gavah::proof
