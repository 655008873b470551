// Captures that hold no statement, and short ones that do.
#include <gtest/gtest.h>

#include "extract/extract.h"

namespace gavah::extract {
namespace {

std::string hollow_of(const std::string& page, const std::string& status = "") {
  const Capture capture;
  Part part;
  part.format = "html";
  if (!status.empty()) part.hints["http_status"] = status;
  return extract({capture, part, page}, IdSecret{}).at(0).hollow;
}

struct Wall {
  std::string reason;
  std::string title;
  std::string body;
};

std::string page_of(const Wall& wall) {
  return "<html><head><title>" + wall.title + "</title><script src=a.js></script></head><body>" + wall.body +
         "</body></html>";
}

std::string lines(std::initializer_list<const char*> words) {
  std::string out = "<main>";
  for (const char* line : words) out += "<p>" + std::string(line) + "</p>";
  return out + "</main>";
}

const std::string kMenu =
    "<nav><a href=/>Home</a> <a href=/w>World</a> <a href=/s>Sport</a></nav><footer><p>About us. Terms. Privacy "
    "policy. Contact.</p></footer>";

TEST(Hollow, WallsOfEnglishPagesNameTheirReason) {
  const std::vector<Wall> walls{
      {"login wall", "Dock circle on Harbourbook",
       lines({"Log in to Harbourbook to see posts, photos and more from Dock circle.", "Forgot password?",
              "Create new account"})},
      {"login wall", "Log in", "<form><p>Please sign in to continue.</p><input type=password></form>"},
      {"login wall", "Members", lines({"You must be logged in to view this page."}) + kMenu},
      {"consent wall", "Before you continue",
       lines({"Before you continue to Search, we use cookies and data to deliver our services.", "Accept all",
              "Reject all"})},
      {"consent wall", "Gazette",
       lines({"We value your privacy",
              "We and our partners store information on a device. You can accept or manage your choices."})},
      {"age gate", "Gazette", lines({"This content is age-restricted. Confirm your age to go on."})},
      {"age gate", "Video", lines({"Are you over 18?", "Yes, let me in", "No"})},
      {"subscription wall", "Strike in Anselm",
       lines({"Subscribe to continue reading.", "Already a subscriber? Sign in."})},
      {"page not found", "Post",
       lines({"Sorry, this page isn't available.",
              "The link you followed may be broken, or the page may have been removed."})},
      {"post not available", "X", lines({"Hmm...this post has been deleted by its author."})},
      {"post not available", "Profile", lines({"This account is private. Follow to see their photos."})},
      {"post not available", "Video", lines({"Video unavailable", "This video is private."})},
      {"post not available", "X", lines({"These posts are protected. Only approved followers can see them."})},
      {"block page", "Just a moment...",
       lines({"Checking if the site connection is secure",
              "gazette.example needs to review the security of your connection before proceeding."})},
      {"block page", "Attention Required! | Cloudflare",
       lines({"Sorry, you have been blocked", "You are unable to access gazette.example"})},
      {"block page", "Access denied",
       lines({"You do not have access to gazette.example. The site owner may have set restrictions that prevent you "
              "from accessing the site.",
              "Error code 1020"})},
      {"block page", "Robot check",
       lines({"To continue, please type the characters below. Our systems have detected unusual traffic from your "
              "network."})},
      {"block page", "Gazette", lines({"Please complete the security check to access the site."})},
      {"block page", "451",
       lines({"Unavailable For Legal Reasons. This page cannot be shown in the place where you are."})},
      {"page not found", "Page not found | Gazette", lines({"We could not find what you were looking for."}) + kMenu},
      {"page not found", "Gazette", lines({"Oops! The page you are looking for has moved or never was."}) + kMenu},
      {"page not found", "404", lines({"Nothing here."})},
      {"needs scripts", "Harbour App",
       "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"},
      {"needs scripts", "Harbour App", "<div id=app></div>"},
      {"error page", "502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>"},
      {"error page", "Gazette", lines({"Error establishing a database connection"})},
      {"error page", "gazette.example", lines({"This domain is for sale. Make an offer today."})},
      {"error page", "Welcome",
       lines({"Welcome to nginx! If you see this page, the web server is successfully installed."})},
  };
  for (const Wall& wall : walls) EXPECT_EQ(hollow_of(page_of(wall)), wall.reason) << wall.title << ": " << wall.body;
}

TEST(Hollow, WallsOfPersianAndArabicPagesNameTheirReason) {
  const std::vector<Wall> walls{
      {"login wall", "ورود",
       lines({"برای ادامه وارد شوید", "رمز عبور خود را فراموش کرده‌اید؟"})},
      {"login wall", "انجمن", lines({"برای مشاهدهٔ این مطلب باید وارد حساب کاربری خود شوید."})},
      {"login wall", "تسجيل الدخول", lines({"يرجى تسجيل الدخول لمتابعة القراءة."})},
      {"login wall", "منتدى", lines({"يجب تسجيل الدخول لعرض هذا الموضوع."})},
      {"consent wall", "روزنامه",
       lines({"ما از کوکی‌ها برای بهبود کار سایت استفاده می‌کنیم. آیا "
              "می‌پذیرید؟"})},
      {"consent wall", "صحيفة", lines({"نحن نستخدم ملفات تعريف الارتباط لتحسين تجربتك. هل توافق؟"})},
      {"age gate", "ویدیو",
       lines({"این محتوا برای افراد بالای ۱۸ سال است. آیا ادامه "
              "می‌دهید؟"})},
      {"age gate", "فيديو", lines({"يرجى تأكيد عمرك للمتابعة."})},
      {"subscription wall", "گزارش", lines({"این مطلب ویژه مشترکان است."})},
      {"subscription wall", "تقرير", lines({"هذا المقال للمشتركين فقط."})},
      {"post not available", "کانال", lines({"این پست حذف شده است."})},
      {"post not available", "صفحه", lines({"این صفحه در دسترس نیست. شاید پیوند خراب باشد."})},
      {"post not available", "منشور", lines({"هذا المحتوى غير متاح الآن."})},
      {"post not available", "منشور", lines({"تم حذف هذا المنشور من قبل صاحبه."})},
      {"block page", "بررسی", lines({"لطفاً تأیید کنید که ربات نیستید."})},
      {"block page", "دسترسی",
       lines({"مشترک گرامی، دسترسی به این سایت امکان‌پذیر نمی‌باشد."})},
      {"block page", "تحقق", lines({"أثبت أنك لست روبوت للمتابعة."})},
      {"block page", "الموقع", lines({"هذا الموقع محجوب"})},
      {"page not found", "صفحه یافت نشد | روزنامه",
       lines({"شاید نشانی را درست ننوشته‌اید."})},
      {"page not found", "خبرگزاری",
       lines({"خطای ۴۰۴", "صفحه‌ای که به دنبال آن هستید وجود ندارد."})},
      {"page not found", "الصفحة غير موجودة", lines({"عد إلى الصفحة الرئيسية."})},
      {"page not found", "صحيفة", lines({"لم يتم العثور على الصفحة التي طلبتها."})},
      {"needs scripts", "برنامه", lines({"لطفاً جاوااسکریپت مرورگر خود را فعال کنید."})},
      {"needs scripts", "تطبيق", lines({"يرجى تفعيل جافا سكريبت في متصفحك."})},
      {"error page", "سایت", lines({"سایت در دست تعمیر است. به زودی برمی‌گردیم."})},
      {"error page", "موقع", lines({"الموقع تحت الصيانة، نعود قريبا."})},
  };
  for (const Wall& wall : walls) EXPECT_EQ(hollow_of(page_of(wall)), wall.reason) << wall.title << ": " << wall.body;
}

TEST(Hollow, ACensorsFrameIsABlockPage) {
  EXPECT_EQ(hollow_of("<html><head><title></title></head><body><iframe src='http://10.10.34.35' "
                      "width=100%></iframe></body></html>"),
            "block page");
}

TEST(Hollow, EmptyBodiesAreHollow) {
  EXPECT_EQ(hollow_of("<html><head><title>Strike in Anselm</title></head><body></body></html>"), "empty body");
  EXPECT_EQ(hollow_of(""), "empty body");
}

TEST(Hollow, TheStatusCountsWhereThePageSaysLittle) {
  const std::string little = "<html><body><main><p>Come back later and try it once more.</p></main></body></html>";
  EXPECT_EQ(hollow_of(little), "");
  EXPECT_EQ(hollow_of(little, "200"), "");
  EXPECT_EQ(hollow_of(little, "404"), "page not found");
  EXPECT_EQ(hollow_of(little, "410"), "page not found");
  EXPECT_EQ(hollow_of(little, "401"), "login wall");
  EXPECT_EQ(hollow_of(little, "403"), "block page");
  EXPECT_EQ(hollow_of(little, "429"), "block page");
  EXPECT_EQ(hollow_of(little, "451"), "block page");
  EXPECT_EQ(hollow_of(little, "500"), "error page");
}

const std::string kParagraph =
    "<p>About two hundred dockers of Anselm left their work on Monday morning, and the port stood still for the whole "
    "day, witnesses said who watched it from the bridge above the eastern gate.</p>";

std::string offers() {
  std::string out;
  for (int i = 0; i < 6; ++i) out += kParagraph;
  return out;
}

TEST(Hollow, WhatANotFoundPageOffersToReadIsNotThePage) {
  const std::string page =
      "<html><head><title>Page not found - Gazette</title></head><body><main><h1>Page not "
      "found</h1><p>Perhaps you like these stories of the week.</p>" +
      offers() + "</main></body></html>";
  EXPECT_EQ(hollow_of(page), "page not found");
  const std::string untitled =
      "<html><head><title>Gazette</title></head><body><main>" + offers() + "</main></body></html>";
  EXPECT_EQ(hollow_of(untitled), "");
  EXPECT_EQ(hollow_of(untitled, "404"), "page not found");
  EXPECT_EQ(hollow_of(untitled, "403"), "");
}

TEST(Hollow, TheBeginningOfAnArticleBeforeAWallIsAReport) {
  for (const char* wall :
       {"Subscribe to continue reading.", "Already a subscriber? Log in.", "Please log in to read on.",
        "برای خواندن ادامه اشتراک تهیه کنید.", "اشترك لمتابعة القراءة."}) {
    const std::string page = "<html><head><title>Strike in Anselm</title></head><body><article>" + kParagraph + "<p>" +
                             wall + "</p></article></body></html>";
    EXPECT_EQ(hollow_of(page), "") << wall;
  }
}

TEST(Hollow, ArticlesAboutWallsAndPagesWithBannersAreReports) {
  const auto article = [](const std::string& title, const std::string& words) {
    return "<html><head><title>" + title +
           " | Gazette</title><meta property=article:published_time "
           "content=2031-05-04T08:00:00Z></head><body><div class=cookie-banner><p>We use cookies. Accept all "
           "cookies.</p></div><form><input type=password></form><article><h1>" +
           title + "</h1>" + words + "</article></body></html>";
  };
  EXPECT_EQ(hollow_of(article("Union says its account was suspended",
                              "<p>The account of the dockers' union has been suspended, its speaker said on Monday, an "
                              "hour after it had called for a strike in the port of Anselm. The platform gave no "
                              "reason for it, and did not answer our letters.</p>")),
            "");
  EXPECT_EQ(hollow_of(article("Page not found: how the ministry's archive vanished", kParagraph)), "");
  EXPECT_EQ(hollow_of(article("کارگران بندر دست از کار کشیدند",
                              "<p>کارگران بندر آنسلم روز دوشنبه دست از کار کشیدند و برای ورود به بندر شرط "
                              "گذاشتند؛ شاهدان گفتند که تا شب در میدان بودند.</p>")),
            "");
  EXPECT_EQ(hollow_of(article("Two held in Velmar",
                              "<p>Two people were arrested in Velmar on Monday night, police said, "
                              "and taken to the station on the square.</p>")),
            "");
}

TEST(Hollow, AHollowCaptureKeepsItsWords) {
  const Capture capture;
  Part part;
  part.format = "html";
  const std::string page = page_of({"", "Log in", lines({"Please log in to continue."})});
  const auto reports = extract({capture, part, page}, IdSecret{});
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].hollow, "login wall");
  EXPECT_EQ(reports[0].text, "Please log in to continue.");
}

}  // namespace
}  // namespace gavah::extract
