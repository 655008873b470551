#include "base/scrypt.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace gavah {
namespace {

TEST(Scrypt, AgreesWithAnotherImplementation) {
  // Python's hashlib.scrypt(b"password", salt=b"NaCl", n=1024, r=8, p=1, dklen=32).
  EXPECT_EQ(to_hex(scrypt("password", "NaCl", 10).value()),
            "27b418c674c769d12501fbb1f53bac32df6514c0f28d043872b148b348961a79");
  EXPECT_NE(scrypt("password", "NaCl", 10).value(), scrypt("password", "NaCl", 11).value());
}

TEST(Scrypt, RefusesWorkThatIsNoneOrTooMuch) {
  EXPECT_EQ(scrypt("password", "NaCl", 0).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(scrypt("password", "NaCl", kMaxScryptWork + 1).error().code, ErrorCode::invalid_input);
}

}  // namespace
}  // namespace gavah
