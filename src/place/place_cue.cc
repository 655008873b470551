#include "place/place_cue.h"

#include <algorithm>

#include "text/text.h"

namespace gavah::place {
namespace {

using WordSet = text::WordTable<char>;

/// Words parted by spaces.
WordSet words(std::string_view list) {
  WordSet out{};
  while (!list.empty()) {
    const std::size_t space = std::min(list.find(' '), list.size());
    if (space > 0) out.add(list.substr(0, space), 1);
    list.remove_prefix(std::min(space + 1, list.size()));
  }
  return out;
}

constexpr std::string_view kCommon =
    "nice reading mobile most bath man orange march may see as un of police university say best us all born "
    "deal hope enterprise liberty independence union victory progress eden paradise media sale sales split spring "
    "winter "
    "summer march center centre central north south east west lake river valley hill hills park green white black "
    "brown "
    "young king prince duke early university college police church mission garden grove forest mountain view beach bay "
    "island harbor port bridge ford field wells falls springs rock stone wood woods much many bad mad hit van ware are "
    "is was will can could male bar bari bam ham ash date time tours lens angers same like worth price chance hero "
    "dare "
    "fair friendly normal ideal rare true truth honor justice freedom protest strike rally court house white home "
    "street "
    "road square market prison school hospital office general major minor captain sergeant colonel bishop pope "
    "christian "
    "jackson johnson lincoln madison monroe marion franklin clinton carter taylor tyler harrison grant "
    "hudson ali hassan hussein hasan husain mohammad muhammad ahmad reza sara maria maryam omar "
    "martin george charles james john paul peter thomas david mark luke sam sidney chad moses mary anna rosa victoria "
    "buy sell sun moon star gold silver iron coal oil gas water fire wind snow rain hot cold new old big long short "
    "january february april june july august september october november december jan feb apr jun jul aug sept sep oct "
    "nov "
    "dec monday tuesday wednesday thursday friday saturday sunday city council one federal commerce energy officer law "
    "bell "
    "chamber metro english congress trail still over share store charge change god jesus christmas superior liberal "
    "none "
    "jones smith moore lee henry scott patrick williams clark baker ripley miller steele bush walker roberts turner "
    "welch "
    "underwood evans donald campbell webb terry sullivan meredith hughes gary christopher wilson slater nelson keith "
    "cooper "
    "collins burton anthony wright robinson robertson ray dyer douglas bingham spencer sanford ridge mitchell gregory "
    "cox "
    "benjamin allen stein snyder rose pierce parker murphy marshall joseph jay greene graham linda tim don arab obama "
    "vladimir boris ivan igor ahmed mustafa ibrahim khalid karim rahim salim nasser saeed amini karimi hosseini rahimi "
    "sibi safi zahra amir mansur masjed dam sar deh bala pain miyan now kar rah bar par jam shur garm sard sabz sorkh "
    "کار راه آب باد خاک آتش کوه دشت رود چشمه باغ گل سنگ سفید سیاه سرخ سبز زرد نو کهنه بالا پایین میان وسط مرکزی مرکز "
    "شمالی جنوبی شرقی غربی بزرگ کوچک علی حسن حسین رضا محمد احمد محمود مهدی هادی اکبر اصغر جعفر صادق کاظم زهرا فاطمه "
    "مریم "
    "امیر منصور ایوب یونس یوسف ابراهیم اسماعیل موسی عیسی داود سلیمان نوح آدم شاهین پرویز بهرام فریدون ایرج جمشید رستم "
    "سهراب "
    "برادر خواهر پدر مادر دوست مردم مرد زن پیر جوان شهید شهدا امام آزادی انقلاب پیروزی امید ایمان نور صفا وفا عدالت "
    "آرمان "
    "کمال جلال جمال سعادت بهشت فردوس گلشن گلستان بوستان بهار تابستان پاییز زمستان سیب انار گردو بادام پسته زیتون انجیر "
    "سر دست پا چشم دل جان تن نان نمک شکر گندم جو برنج گاو شیر گرگ اسب شتر مار ماهی سوار پیاده خانه کوچه بازار مسجد "
    "مدرسه "
    "زندان پادگان کارخانه معدن پل سد بند تپه دره کلات قلعه قصر برج دروازه حصار ده روستا شهر شهرک مزرعه چاه قنات استخر "
    "تنگ "
    "دراز کوتاه تازه سرد گرم شور شیرین تلخ ترش خشک تر روشن تاریک آباد خراب ویران جنگ صلح خون مرگ زندگی روز شب ماه "
    "خورشید "
    "ستاره آسمان زمین دریا ساحل جزیره موج طوفان باران برف ابر سایه رنگ نام یاد راز ناز نیاز ساز آواز پرواز کشت کشته "
    "زیر رو "
    "پشت پیش پس کنار نزد بین طی ضد بر در از به تا با بی که چه هر همه هیچ این آن او ما شما من تو خود دیگر اول دوم سوم "
    "یک دو سه "
    "سلام سالم سلامت حاجی سید میر خان بیگ آقا ملا شیخ کریم رحیم رحمان عزیز حمید مجید سعید وحید فرید رشید سرور صدر بدر "
    "هلال "
    "قدس بیت حرم کربلایی مشهدی تهرانی جهان ملت دولت مجلس سپاه ارتش بسیج پلیس نیرو قانون حکم دادگاه اسلام دین قرآن خدا "
    "الله "
    "شمال جنوب شرق غرب لنگر کارون العام الحق السلام النور الامل الوحدة الحرية الثورة الشهداء المدينة الغرب الشرق "
    "الشمال الجنوب النصر العمل السوق";

constexpr std::string_view kWeakBefore =
    "على عبر نحو اهل أهل أهالي سكان شهر "
    "in at near from to of outside around across inside into via through throughout toward towards between within "
    "در از به تا اهالی مردم مرکز جنوب شمال شرق غرب حومه سراسر ساکن راهی عازم في من إلى الى قرب داخل خارج شرق غرب شمال "
    "جنوب";
constexpr std::string_view kStrongBefore =
    "محله محله‌ی محلهٔ حي ناحية ناحیه "
    "city town village province county district suburb municipality "
    "شهر شهرستان استان روستای بخش منطقه شهرک دهستان نزدیکی حوالی فرمانداری شهرداری استانداری کشور شهرهای "
    "مدينة محافظة قرية بلدة ولاية";
constexpr std::string_view kStrongAfter =
    "province county city district governorate village town region prison university";
constexpr std::string_view kPersonBefore =
    "mr mrs ms dr sir judge president minister officer sheriff senator governor professor prof gen col sgt lt sen rep "
    "gov rev "
    "john james robert michael william david richard joseph thomas charles daniel matthew mark paul steven andrew "
    "barack "
    "george kevin brian edward ronald jason jeffrey ryan jacob eric peter ali hassan hossein mohammad reza mahmoud "
    "mehdi "
    "ahmad maryam fatemeh zahra mary susan linda karen lisa nancy sarah آقای خانم دکتر سید مهندس سردار سرهنگ سرتیپ "
    "حجت‌الاسلام آیت‌الله "
    "شهید محمد علی حسین حسن رضا مهدی احمد محمود فاطمه زهرا مریم السيد السيدة الشيخ الدكتور";
constexpr std::string_view kNear = "near outside around نزدیکی حوالی اطراف حومه قرب outskirts suburbs";
constexpr std::string_view kProvince = "province governorate state استان محافظة ولاية استانداری استاندار";
constexpr std::string_view kArabicCommon = "جامعة مدينة جديدة روماني وان وإن المدرسة الجامعة المحطة البلدية";
constexpr std::string_view kNamedAfter = "خیابان کوچه بلوار بزرگراه باشگاه تیم شارع زقاق نادي فريق شركة";
constexpr std::string_view kStreetAfter = "street avenue ave boulevard blvd lane";
constexpr std::string_view kFacility =
    "دانشگاه دادگستری دادگاه زندان فرودگاه بیمارستان جاده قلعه بازداشتگاه دانشکده جامعة محكمة سجن مطار مستشفى قلعة "
    "university prison court jail airport hospital";
constexpr std::string_view kSite =
    "زندان بازداشتگاه دانشگاه میدان بازار بیمارستان دادگاه پادگان مسجد فرودگاه سجن جامعة ساحة ميدان مستشفى محكمة سوق "
    "مطار "
    "prison jail university hospital court square bazaar market airport mosque barracks";
constexpr std::string_view kNoSiteName =
    "و در به از که را این آن تا با برای هم نیز است بود بودند شد شدند شده کرد کردند کرده می نمی یا ها های هایی ی ای یک "
    "دو سه "
    "چند هر همه خود وی او آنها اما ولی سال ماه روز نفر في من إلى على عن مع أن إن التي الذي كان كانت بعد قبل حيث هذا "
    "هذه أو "
    "the a an in at on to from by of near outside inside around and or but his her its their this that these those one "
    "two "
    "supreme high federal district superior circuit revolutionary criminal civil international national general "
    "central "
    "main state county city military appeals appeal local public black stock monday tuesday wednesday thursday friday "
    "saturday sunday "
    "ابد تعزیری طولانی انفرادی مین نبرد جنگ نفتی کار سهام ارز طلا انقلاب مؤبد العمل القتال";
constexpr std::string_view kTown = "city town شهر مدينة";
constexpr std::string_view kCounty = "county counties شهرستان فرمانداری فرماندار";

bool has(const WordSet& set, std::string_view word) { return set.find(word) != nullptr; }

}  // namespace

bool is_everyday_word(std::string_view folded_name) {
  static const WordSet set = words(kCommon);
  return has(set, folded_name);
}

Cue cue_before(std::string_view folded_word) {
  static const WordSet strong = words(kStrongBefore);
  static const WordSet weak = words(kWeakBefore);
  if (has(strong, folded_word)) return Cue::strong;
  return has(weak, folded_word) ? Cue::weak : Cue::none;
}

Cue cue_after(std::string_view folded_word) {
  static const WordSet strong = words(kStrongAfter);
  return has(strong, folded_word) ? Cue::strong : Cue::none;
}

bool says_near(std::string_view folded_word) {
  static const WordSet set = words(kNear);
  return has(set, folded_word);
}

bool says_person(std::string_view folded_word) {
  static const WordSet set = words(kPersonBefore);
  return has(set, folded_word);
}

bool says_province(std::string_view folded_word) {
  static const WordSet set = words(kProvince);
  return has(set, folded_word);
}

bool says_county(std::string_view folded_word) {
  static const WordSet set = words(kCounty);
  return has(set, folded_word);
}

bool is_everyday_in_arabic(std::string_view folded_name) {
  static const WordSet set = words(kArabicCommon);
  return has(set, folded_name);
}

bool names_after_places(std::string_view folded_word) {
  static const WordSet set = words(kNamedAfter);
  return has(set, folded_word);
}

bool street_after(std::string_view folded_word) {
  static const WordSet set = words(kStreetAfter);
  return has(set, folded_word);
}

bool says_facility(std::string_view folded_word) {
  static const WordSet set = words(kFacility);
  return has(set, folded_word);
}

bool says_site(std::string_view folded_word) {
  static const WordSet set = words(kSite);
  return has(set, folded_word);
}

bool is_no_site_name(std::string_view folded_word) {
  static const WordSet set = words(kNoSiteName);
  return has(set, folded_word);
}

bool says_town(std::string_view folded_word) {
  static const WordSet set = words(kTown);
  return has(set, folded_word);
}

}  // namespace gavah::place
