#include "store/objects.h"

#include <gtest/gtest.h>

#include "base/format.h"

namespace gavah::store {
namespace {

class ObjectsTest : public testing::Test {
 protected:
  Result<age::Sealed> put(std::string_view plain) {
    const age::Recipient recipient = identity_.recipient();
    return objects_.put(MemorySource(plain), std::span(&recipient, 1), random_);
  }

  MemoryDisk disk_;
  SeededRandom random_{1};
  age::Identity identity_ = age::Identity::generate(random_);
  Objects objects_{disk_, "case/objects"};
};

TEST_F(ObjectsTest, AreNamedByTheirPayloadAndOpenWithTheirHeader) {
  const age::Sealed sealed = put("متن").value();
  const std::string path = objects_.path_of(sealed.payload_digest);
  EXPECT_EQ(path, format("case/objects/{0:.2}/{0}", sealed.payload_digest.hex()));
  EXPECT_EQ(sha256(disk_.files().at(path)), sealed.payload_digest);
  const auto plain = objects_.open(sealed.payload_digest, sealed.header, identity_).value();
  EXPECT_EQ(plain->read({0, plain->size()}).value(), "متن");
  EXPECT_TRUE(objects_.check(sealed.payload_digest));
  EXPECT_EQ(disk_.files().size(), 1U) << "no temporary file stays";
}

TEST_F(ObjectsTest, AChangedOrMissingObjectIsNoticed) {
  const age::Sealed sealed = put("text").value();
  disk_.files().at(objects_.path_of(sealed.payload_digest)).back() ^= 1;
  EXPECT_EQ(objects_.check(sealed.payload_digest).error().code, ErrorCode::corrupt);
  EXPECT_FALSE(objects_.open(sealed.payload_digest, sealed.header, identity_));
  EXPECT_EQ(objects_.check(sha256("other")).error().code, ErrorCode::not_found);
}

TEST_F(ObjectsTest, AFullDiskAtAnyWriteLeavesNoObjectAndNoError) {
  for (int writes = 0; writes < 6; ++writes) {
    disk_.fail_after(writes);
    const auto sealed = put("text");
    disk_.fail_after(-1);
    if (sealed) break;
    EXPECT_EQ(sealed.error().code, ErrorCode::unavailable);
    ASSERT_TRUE(objects_.remove_leftovers());
    EXPECT_TRUE(disk_.files().empty()) << writes;
  }
  EXPECT_TRUE(put("text"));
}

}  // namespace
}  // namespace gavah::store
