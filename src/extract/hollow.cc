#include "extract/hollow.h"

#include <algorithm>
#include <array>

#include "base/byte_pairs.h"
#include "extract/furniture.h"

namespace gavah::extract {
namespace {

/// A wall or an error says its say in a few sentences.
constexpr std::size_t kWallCharacters = 900;
/// A notice in words that no sign knows.
constexpr std::size_t kNoticeCharacters = 300;
/// A wall on a page that names the day it was published.
constexpr std::size_t kDatedWallCharacters = 200;
/// Titles of walls: on pages that name a day, and on others.
constexpr std::size_t kWallTitleCharacters = 30;
constexpr std::size_t kLongTitleCharacters = 80;
/// What a page that was not found offers to read in its place.
constexpr std::size_t kOffersCharacters = 3000;
/// This much beside the words of a wall is the article's beginning, which is a report.
constexpr std::size_t kPartialCharacters = 150;
/// A page that scripts are to fill shows its name and little more.
constexpr std::size_t kShellCharacters = 200;

struct Sign {
  std::string_view words;  ///< folded
  std::string_view reason;
};
constexpr auto kSigns = std::to_array<Sign>({
    {"are you a robot", "block page"},
    {"are you human", "block page"},
    {"verify you are human", "block page"},
    {"verify you are a human", "block page"},
    {"verifying you are human", "block page"},
    {"i'm not a robot", "block page"},
    {"captcha", "block page"},
    {"checking your browser", "block page"},
    {"just a moment...", "block page"},
    {"enable javascript and cookies to continue", "block page"},
    {"attention required! | cloudflare", "block page"},
    {"access denied", "block page"},
    {"403 forbidden", "block page"},
    {"unusual traffic", "block page"},
    {"request blocked", "block page"},
    {"you have been blocked", "block page"},
    {"ddos protection", "block page"},
    {"error 1020", "block page"},
    {"من ربات نیستم", "block page"},
    {"دسترسی شما مسدود", "block page"},
    {"دسترسی غیر مجاز", "block page"},
    {"دسترسی غیرمجاز", "block page"},
    {"peyvandha", "block page"},
    {"تم حظر", "block page"},
    {"page not found", "page not found"},
    {"404 not found", "page not found"},
    {"error 404", "page not found"},
    {"صفحه مورد نظر یافت نشد", "page not found"},
    {"صفحه یافت نشد", "page not found"},
    {"صفحه مورد نظر شما یافت نشد", "page not found"},
    {"الصفحة غیر موجودة", "page not found"},
    {"this page isn't available", "page not found"},
    {"this page doesn’t exist", "page not found"},
    {"this page doesn't exist", "page not found"},
    {"this post is unavailable", "post not available"},
    {"this tweet is unavailable", "post not available"},
    {"this post isn't available", "post not available"},
    {"post isn’t available", "post not available"},
    {"content isn't available", "post not available"},
    {"content isn’t available", "post not available"},
    {"content is not available", "post not available"},
    {"content is no longer available", "post not available"},
    {"this video is unavailable", "post not available"},
    {"video unavailable", "post not available"},
    {"this account doesn", "post not available"},
    {"account has been suspended", "post not available"},
    {"account suspended", "post not available"},
    {"post was deleted", "post not available"},
    {"post has been deleted", "post not available"},
    {"this tweet has been deleted", "post not available"},
    {"post not available", "post not available"},
    {"post is not available", "post not available"},
    {"این پست در دسترس نیست", "post not available"},
    {"این محتوا در دسترس نیست", "post not available"},
    {"این صفحه در دسترس نیست", "post not available"},
    {"این مطلب حذف شده", "post not available"},
    {"این توییت در دسترس نیست", "post not available"},
    {"هذا المنشور غیر متاح", "post not available"},
    {"هذا المحتوى غیر متاح", "post not available"},
    {"هذا المحتوی غیر متاح", "post not available"},
    {"log in to continue", "login wall"},
    {"login to continue", "login wall"},
    {"sign in to continue", "login wall"},
    {"log in or sign up", "login wall"},
    {"please log in", "login wall"},
    {"please sign in", "login wall"},
    {"you must log in", "login wall"},
    {"you must be logged in", "login wall"},
    {"sign in to your account", "login wall"},
    {"log in to see", "login wall"},
    {"log in to view", "login wall"},
    {"sign up to see", "login wall"},
    {"create an account or log in", "login wall"},
    {"forgot password", "login wall"},
    {"forgot your password", "login wall"},
    {"join to view", "login wall"},
    {"برای ادامه وارد شوید", "login wall"},
    {"وارد حساب کاربری", "login wall"},
    {"وارد حساب خود", "login wall"},
    {"برای مشاهده وارد شوید", "login wall"},
    {"لطفا وارد شوید", "login wall"},
    {"رمز عبور خود را فراموش", "login wall"},
    {"رمز عبور را فراموش", "login wall"},
    {"ابتدا وارد شوید", "login wall"},
    {"ورود به حساب", "login wall"},
    {"تسجیل الدخول للمتابعة", "login wall"},
    {"سجل الدخول", "login wall"},
    {"نسیت کلمة المرور", "login wall"},
    {"before you continue", "consent wall"},
    {"we value your privacy", "consent wall"},
    {"accept all cookies", "consent wall"},
    {"we use cookies", "consent wall"},
    {"we and our partners", "consent wall"},
    {"consent to the use of cookies", "consent wall"},
    {"cookie settings", "consent wall"},
    {"manage your cookie", "consent wall"},
    {"ما از کوکی", "consent wall"},
    {"استفاده از کوکی", "consent wall"},
    {"ملفات تعریف الارتباط", "consent wall"},
    {"subscribe to continue reading", "subscription wall"},
    {"subscribers only", "subscription wall"},
    {"this content is for subscribers", "subscription wall"},
    {"to continue reading, subscribe", "subscription wall"},
    {"already a subscriber", "subscription wall"},
    {"برای خواندن ادامه اشتراک", "subscription wall"},
    {"ویژه مشترکان", "subscription wall"},
    {"request unsuccessful. incapsula", "block page"},
    {"unavailable for legal reasons", "block page"},
    {"not available in your region", "block page"},
    {"not available in your country", "block page"},
    {"pardon our interruption", "block page"},
    {"please complete the security check", "block page"},
    {"ربات نیستید", "block page"},
    {"در حال بررسی مرورگر", "block page"},
    {"فراخوانده شده امکان پذیر نمی", "block page"},
    {"دسترسی به این سایت امکان", "block page"},
    {"دسترسی به این صفحه محدود", "block page"},
    {"این سایت فیلتر", "block page"},
    {"لست روبوت", "block page"},
    {"لست برنامج روبوت", "block page"},
    {"تحقق من أنک إنسان", "block page"},
    {"التحقق من المتصفح", "block page"},
    {"الموقع محجوب", "block page"},
    {"تم حجب", "block page"},
    {"الوصول مرفوض", "block page"},
    {"رفض الوصول", "block page"},
    {"page you are looking for", "page not found"},
    {"page you were looking for", "page not found"},
    {"page you requested", "page not found"},
    {"page can't be found", "page not found"},
    {"page can’t be found", "page not found"},
    {"page could not be found", "page not found"},
    {"page cannot be found", "page not found"},
    {"page does not exist", "page not found"},
    {"page has been removed", "page not found"},
    {"article is no longer available", "page not found"},
    {"article not found", "page not found"},
    {"the link you followed may be broken", "post not available"},
    {"صفحه پیدا نشد", "page not found"},
    {"صفحه ای که به دنبال", "page not found"},
    {"صفحهای که به دنبال", "page not found"},
    {"صفحه درخواستی", "page not found"},
    {"مطلب مورد نظر یافت نشد", "page not found"},
    {"مطلب مورد نظر شما یافت نشد", "page not found"},
    {"خبر مورد نظر یافت نشد", "page not found"},
    {"خطای 404", "page not found"},
    {"خطای ۴۰۴", "page not found"},
    {"الصفحة التی تبحث عنها", "page not found"},
    {"الصفحة المطلوبة", "page not found"},
    {"العثور علی الصفحة", "page not found"},
    {"خطأ 404", "page not found"},
    {"these tweets are protected", "post not available"},
    {"these posts are protected", "post not available"},
    {"this account is private", "post not available"},
    {"this video is private", "post not available"},
    {"this video has been removed", "post not available"},
    {"from an account that no longer exists", "post not available"},
    {"message was deleted", "post not available"},
    {"این ویدیو در دسترس نیست", "post not available"},
    {"این حساب خصوصی", "post not available"},
    {"این کانال در دسترس نیست", "post not available"},
    {"این پست حذف شده", "post not available"},
    {"این پیام حذف شده", "post not available"},
    {"این مطلب در دسترس نیست", "post not available"},
    {"تم حذف هذا المنشور", "post not available"},
    {"هذا الحساب خاص", "post not available"},
    {"هذا الفیدیو غیر متاح", "post not available"},
    {"هذا المنشور لم یعد متاح", "post not available"},
    {"لا یمکن عرض هذا المحتوی", "post not available"},
    {"یجب تسجیل الدخول", "login wall"},
    {"قم بتسجیل الدخول", "login wall"},
    {"یرجی تسجیل الدخول", "login wall"},
    {"your privacy choices", "consent wall"},
    {"حریم خصوصی شما برای ما مهم است", "consent wall"},
    {"خصوصیتک تهمنا", "consent wall"},
    {"confirm your age", "age gate"},
    {"verify your age", "age gate"},
    {"you must be 18", "age gate"},
    {"you must be at least 18", "age gate"},
    {"are you over 18", "age gate"},
    {"are you 18", "age gate"},
    {"age-restricted", "age gate"},
    {"age restricted", "age gate"},
    {"سن خود را تایید", "age gate"},
    {"سن خود را تأیید", "age gate"},
    {"بالای ۱۸ سال", "age gate"},
    {"بالای 18 سال", "age gate"},
    {"تأکید عمرک", "age gate"},
    {"تأکید العمر", "age gate"},
    {"التحقق من العمر", "age gate"},
    {"enable javascript", "needs scripts"},
    {"javascript is disabled", "needs scripts"},
    {"javascript is not available", "needs scripts"},
    {"javascript to run this app", "needs scripts"},
    {"requires javascript", "needs scripts"},
    {"turn on javascript", "needs scripts"},
    {"جاوااسکریپت", "needs scripts"},
    {"جاوا اسکریپت", "needs scripts"},
    {"جافا سکریبت", "needs scripts"},
    {"جافاسکریبت", "needs scripts"},
    {"internal server error", "error page"},
    {"bad gateway", "error page"},
    {"service unavailable", "error page"},
    {"gateway time-out", "error page"},
    {"gateway timeout", "error page"},
    {"error establishing a database connection", "error page"},
    {"a server error occurred", "error page"},
    {"down for maintenance", "error page"},
    {"under maintenance", "error page"},
    {"welcome to nginx", "error page"},
    {"apache2 debian default page", "error page"},
    {"this domain is for sale", "error page"},
    {"buy this domain", "error page"},
    {"domain has expired", "error page"},
    {"خطای سرور", "error page"},
    {"سایت در دست تعمیر", "error page"},
    {"سایت در حال بروزرسانی", "error page"},
    {"الموقع تحت الصیانة", "error page"},
    {"خطأ فی الخادم", "error page"},
    {"subscribe to read", "subscription wall"},
    {"subscribe to unlock", "subscription wall"},
    {"subscribe now to", "subscription wall"},
    {"continue reading with", "subscription wall"},
    {"for subscribers", "subscription wall"},
    {"برای خواندن متن کامل", "subscription wall"},
    {"للمشترکین فقط", "subscription wall"},
    {"اشترک لمتابعة القراءة", "subscription wall"},
    {"المحتوی للمشترکین", "subscription wall"},
});

/// Titles that pages have when they are nothing else, alone or before the site's name.
constexpr auto kStockTitles = std::to_array<Sign>({
    {"404", "page not found"},
    {"404 not found", "page not found"},
    {"404 error", "page not found"},
    {"404 - page not found", "page not found"},
    {"page not found", "page not found"},
    {"not found", "page not found"},
    {"error 404", "page not found"},
    {"صفحه یافت نشد", "page not found"},
    {"صفحه پیدا نشد", "page not found"},
    {"خطای 404", "page not found"},
    {"خطای ۴۰۴", "page not found"},
    {"الصفحة غیر موجودة", "page not found"},
    {"لم یتم العثور علی الصفحة", "page not found"},
    {"403 forbidden", "block page"},
    {"access denied", "block page"},
    {"just a moment...", "block page"},
    {"attention required!", "block page"},
    {"security check", "block page"},
    {"500 internal server error", "error page"},
    {"502 bad gateway", "error page"},
    {"503 service unavailable", "error page"},
    {"504 gateway time-out", "error page"},
});

std::string_view reason_of_status(std::string_view status) {
  if (status == "404" || status == "410") return "page not found";
  if (status == "401") return "login wall";
  if (status == "402") return "subscription wall";
  if (status == "403" || status == "429" || status == "451" || status == "503") return "block page";
  return status.size() == 3 && status[0] == '5' ? "error page" : std::string_view();
}

std::string_view reason_in(const std::string& fold) {
  const BytePairs pairs(fold);
  for (const Sign& sign : kSigns) {
    if (pairs.may_hold(sign.words) && fold.find(sign.words) != std::string::npos) return sign.reason;
  }
  return {};
}

/// A wall in words of its own: what it asks for, and what it gives for it, in its first sentences.
struct Demand {
  std::array<std::string_view, 8> asks;
  std::array<std::string_view, 12> gives;
  std::string_view reason;
};
constexpr auto kDemands = std::to_array<Demand>({
    {{"log in", "sign in", "login", "log on", "sign up", "register"},
     {"to continue", "to read", "to view", "to see", "required", "must", "need to", "please", "your account",
      "an account", "members only"},
     "login wall"},
    {{"وارد شوید", "وارد شو", "وارد حساب", "ثبت نام کنید", "ثبتنام کنید", "عضو شوید", "تسجیل الدخول", "سجل دخولك"},
     {"برای", "ادامه", "مشاهده", "خواندن", "باید", "رمز", "حساب", "لطفا", "یرجی", "للمتابعة", "لقراءة", "یجب"},
     "login wall"},
    {{"cookies", "cookie"}, {"accept", "agree", "consent", "preferences", "manage"}, "consent wall"},
    {{"کوکی", "الکوکیز"}, {"پذیرش", "می پذیرم", "میپذیرم", "موافقم", "موافق", "قبول"}, "consent wall"},
    {{"subscribe", "subscription", "subscriber", "اشتراک"},
     {"to continue", "to read", "unlock", "already", "برای خواندن", "ادامه", "تهیه کنید"},
     "subscription wall"},
});
constexpr std::size_t kDemandBytes = 400;

template <std::size_t N>
bool has_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return !w.empty() && text.find(w) != std::string_view::npos; });
}

std::string_view demand_in(const std::string& fold) {
  const std::string_view head = std::string_view(fold).substr(0, kDemandBytes);
  for (const Demand& demand : kDemands) {
    if (has_any(head, demand.asks) && has_any(head, demand.gives)) return demand.reason;
  }
  return {};
}

/// The title up to the bar before the site's name.
std::string_view first_segment(std::string_view title) {
  for (const std::string_view bar : {" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · "})
    title = title.substr(0, title.find(bar));
  return trimmed(title);
}

/// Titles and states that pages have when they are nothing else, whatever else they offer to read.
std::string_view reason_of_page(const HollowInput& input, std::size_t characters) {
  const std::string whole = folded(input.title);
  const std::string first = folded(first_segment(input.title));
  if (characters <= kOffersCharacters) {
    for (const Sign& sign : kStockTitles) {
      if (whole == sign.words || first == sign.words) return sign.reason;
    }
  }
  const bool is_absent = input.http_status == "404" || input.http_status == "410" || input.http_status == "451";
  return is_absent && characters <= kOffersCharacters ? reason_of_status(input.http_status) : std::string_view();
}

/// Characters of the lines that say nothing of a wall: the beginning of an article that ends at one.
std::size_t characters_beside_wall(std::string_view text) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const std::string fold = folded(line);
    if (reason_in(fold).empty() && demand_in(fold).empty()) out += character_count(line);
    at = end + 1;
  }
  return out;
}

bool speaks_of_login(const std::string& fold) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"log in", "login", "sign in", "sign up", "password", "your account", "ورود",
                                       "رمز", "گذرواژه", "کلمه عبور", "حساب کاربری", "الدخول", "کلمة المرور"});
  return fold.empty() || has_any(fold, kWords);
}

std::string_view reason_in_words(const HollowInput& input, std::size_t characters) {
  const std::string fold = folded(input.text);
  const std::size_t dated_most = input.is_dated ? kDatedWallCharacters : kNoticeCharacters;
  // A headline may tell of walls as well; a wall's own title says little else.
  const std::string_view head = first_segment(input.title);
  std::string_view reason = character_count(head) <= (input.is_dated ? kWallTitleCharacters : kLongTitleCharacters)
                                ? reason_in(folded(head))
                                : "";
  if (reason.empty()) {
    reason = reason_in(fold);
    // One phrase in a longer text may be furniture that stayed; a wall is little else. An article that names its day
    // may be short and tell of walls.
    const std::size_t most = input.is_dated ? kDatedWallCharacters : kWallCharacters / 2;
    if (characters > most && reason != "block page" && !input.has_password_field) reason = {};
    if (input.is_dated && characters > most) reason = {};
  }
  // Few words only: an article of some length may tell of logins and cookies.
  if (reason.empty() && characters <= dated_most) reason = demand_in(fold);
  const bool may_ask = input.has_password_field && !input.is_dated && characters > 0 && characters <= dated_most;
  if (reason.empty() && may_ask && speaks_of_login(fold)) reason = "login wall";
  const bool may_be_partial = reason == "subscription wall" || reason == "login wall" || reason == "consent wall";
  if (may_be_partial && characters_beside_wall(input.text) >= kPartialCharacters) return {};
  return reason;
}

}  // namespace

std::string hollow_reason(const HollowInput& input) {
  const std::size_t characters = character_count(input.text);
  if (const std::string_view stated = reason_of_page(input, characters); !stated.empty()) return std::string(stated);
  if (characters <= kWallCharacters) {
    if (const std::string_view said = reason_in_words(input, characters); !said.empty()) return std::string(said);
  }
  if (characters > kNoticeCharacters) return {};
  if (const std::string_view status = reason_of_status(input.http_status); !status.empty()) return std::string(status);
  if (!trimmed(input.text).empty()) return {};
  if (input.frames_private_address) return "block page";
  const std::string_view shown = reason_in(folded(input.shown));
  if (!shown.empty()) return std::string(shown);
  const std::string_view demand = demand_in(folded(input.shown));
  if (!demand.empty()) return std::string(demand);
  return input.has_scripts && character_count(input.shown) <= kShellCharacters ? "needs scripts" : "empty body";
}

std::string hollow_reason_of_post(std::string_view text) {
  // Whole notices of platforms only: a post may speak of captchas and logins itself.
  constexpr auto kNotices = std::to_array<std::string_view>(
      {"account is temporarily unavailable because it violates", "account has been withheld in",
       "this tweet has been withheld in", "this post has been withheld in",
       "this message couldn't be displayed on your device", "this tweet is from a suspended account",
       "this channel can't be displayed because"});
  const std::string fold = folded(text.substr(0, kWallCharacters));
  const bool is_notice = std::any_of(kNotices.begin(), kNotices.end(),
                                     [&](std::string_view notice) { return fold.find(notice) != std::string::npos; });
  return is_notice ? "post not available" : "";
}

}  // namespace gavah::extract
