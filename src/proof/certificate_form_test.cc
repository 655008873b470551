#include "proof/certificate_form.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/disk.h"
#include "proof/der.h"

namespace gavah::proof {
namespace {

std::string signer() {
  RealDisk disk;
  return disk.read(GAVAH_SOURCE_DIR "/spec/vectors/time/signer.der").value();
}

/// The certificate with the first `find` replaced by as many bytes.
std::string with(std::string_view find_hex, std::string_view put_hex) {
  std::string out = signer();
  const std::string find = from_hex(find_hex).value();
  const std::size_t at = out.find(find);
  EXPECT_NE(at, std::string::npos) << find_hex;
  return out.replace(at, find.size(), from_hex(put_hex).value());
}

bool holds(const std::string& der) { return check_certificate_form(der).has_value(); }

TEST(CertificateForm, OfACertificateThatOpensslMadeHolds) {
  EXPECT_TRUE(holds(signer()));
  RealDisk disk;
  EXPECT_TRUE(holds(disk.read(GAVAH_SOURCE_DIR "/spec/vectors/time/root.der").value()));
}

TEST(CertificateForm, OtherVersionsTimesNamesAndExtensionsAreRefused) {
  EXPECT_FALSE(holds(with("a003020102", "a003020103")));                                  // version 4
  EXPECT_FALSE(holds(with("3230303130313030303030305a", "3230313330313030303030305a")));  // the 13th month
  EXPECT_FALSE(holds(with("3230303130313030303030305a", "32303031303130303030303030")));  // no Z
  EXPECT_FALSE(holds(with("0c0c", "1e0c")));                                              // a name in another alphabet
  EXPECT_FALSE(holds(with("0c0c45", "0c0cff")));                                          // no UTF-8
  EXPECT_FALSE(holds(with("0603551d13", "0603551d0f")));                                  // keyUsage twice
}

TEST(CertificateForm, WhatIsNoListWhereOneBelongsIsRefused) {
  const std::string der = signer();
  for (std::size_t i = 0; i < der.size(); ++i) {
    if (der[i] != 0x30) continue;
    std::string bent = der;
    bent[i] = 0x04;  // what was inside is now a string: to be refused, not to be read
    EXPECT_FALSE(check_certificate_form(bent).has_value() && i < 16) << i;
  }
}

TEST(CertificateForm, EveryCutIsRefused) {
  const std::string der = signer();
  for (std::size_t i = 0; i < der.size(); ++i) EXPECT_FALSE(holds(der.substr(0, i)));
}

}  // namespace
}  // namespace gavah::proof
