#include <gtest/gtest.h>

#include "code/code_case.h"

namespace gavah::code {
namespace {

using testing::case_coder;
using testing::report_of;

/// "speaker: attribution" of the last claim; the empty text when there is none.
std::string teller_of(std::string text, ReportKind kind = ReportKind::article) {
  const Report report = report_of(std::move(text), "2021-05-14", kind);
  const auto claims = case_coder().code(report, IdSecret{});
  if (claims.empty()) return {};
  const Claim& claim = claims.back();
  return (claim.speaker ? claim.speaker->name : "nobody") + ": " + std::string(name_of(claim.attribution));
}

TEST(Narrator, WhoeverStandsBeforeTheFirstColonSpeaks) {
  EXPECT_EQ(teller_of("دادستان نیلوان: روز دوشنبه ۱۲ نفر بازداشت شدند."), "دادستان نیلوان: authority");
  EXPECT_EQ(teller_of("سندیکای کارگران نیلوان: روز دوشنبه ۱۵۰ کارگر در نیلوان تجمع کردند."),
            "سندیکای کارگران نیلوان: claimed by actor");
}

TEST(Narrator, AVerbOfSayingAfterTheFirstColonBelongsToItsOwnSubject) {
  EXPECT_EQ(
      teller_of("استاندار ترسا: خانواده‌ها می‌گویند پلیس سه نفر را کشته "
                "است."),
      "خانواده‌ها: witness");
  EXPECT_EQ(teller_of("وزیر کشور: کارگران گفتند پلیس ده نفر را بازداشت کرد."), "کارگران: witness");
  EXPECT_EQ(teller_of("وزیر کشور: برخی از کارگران اعلام کردند پلیس ده نفر را بازداشت کرد."), "کارگران: witness");
  EXPECT_EQ(teller_of("المحافظ: قال العمال إن الشرطة اعتقلت عشرة أشخاص في نيلوان."), "العمال: witness");
}

TEST(Narrator, AVerbOfSayingWithoutItsOwnSubjectBelongsToTheOpening) {
  EXPECT_EQ(teller_of("استاندار: کشته شدن معترضان در نیلوان را قویاً تکذیب "
                      "می‌کنیم."),
            "استاندار: authority");
  EXPECT_EQ(
      teller_of(
          "استاندار: معترضان را بازداشت نکرده‌ایم و این خبر را تکذیب "
          "می‌کنیم."),
      "استاندار: authority");
  EXPECT_EQ(teller_of("استاندار: کشته شدن معترضان در نیلوان تکذیب شد."), "استاندار: authority");
  EXPECT_EQ(teller_of("استاندار: خبر بازداشت کارگران در نیلوان را تکذیب کرد."), "استاندار: authority");
  EXPECT_EQ(teller_of("استاندار: کشته شدن معترضان در نیلوان را تکذیب کردم."), "استاندار: authority");
  EXPECT_EQ(teller_of("المحافظ: قلنا للعمال إن الشرطة اعتقلت عشرة أشخاص في نيلوان."), "المحافظ: authority");
  EXPECT_EQ(teller_of("استاندار: بازداشت کارگران در نیلوان دروغ است."), "استاندار: authority");
}

TEST(Narrator, ASignatureSpeaksForTheWholeReport) {
  EXPECT_EQ(teller_of("اعتقل 12 شخصا في نيلوان يوم الإثنين. — مكتب إعلام شرطة مرزول"),
            "مكتب إعلام شرطة مرزول: authority");
  EXPECT_EQ(teller_of("اعتقل 12 شخصا في نيلوان يوم الإثنين. (لجنة ضمير)"), "لجنة ضمير: witness");
}

TEST(Narrator, ADatelineIsNoSignature) {
  EXPECT_EQ(teller_of("نیلوان — پرستاران روز دوشنبه اعتصاب کردند."), "nobody: unattributed");
}

TEST(Narrator, WhoeverGoesOnIsTheOneWhoSpokeBefore) {
  EXPECT_EQ(teller_of("فرمانده پلیس نیلوان از بازداشت ۱۲ نفر خبر داد. او تیراندازی به معترضان را ساختگی خواند."),
            "فرمانده پلیس: authority");
}

TEST(Narrator, AVerbOfWeIsTheActorsOwnWord) {
  EXPECT_EQ(teller_of("دانشجویان نیلوان سلف را از دوشنبه تحریم کردیم.", ReportKind::post), "nobody: claimed by actor");
  EXPECT_EQ(teller_of("کارگران نیلوان روز دوشنبه اعتصاب کردند.", ReportKind::post), "nobody: social post");
}

TEST(Narrator, WhoeverCallsForAProtestOrThreatensSaysSo) {
  EXPECT_EQ(teller_of("دعت نقابة المعلمين إلى إضراب في نيلوان يوم الجمعة المقبل."), "نقابة المعلمين: claimed by actor");
}

}  // namespace
}  // namespace gavah::code
