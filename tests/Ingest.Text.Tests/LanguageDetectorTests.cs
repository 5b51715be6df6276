using Ingest.Text.Detection;
using Ingest.Text.Languages;

namespace Ingest.Text.Tests;

public sealed class LanguageDetectorTests
{
    [Theory]
    [InlineData(
        "en",
        "The council said on Tuesday that it would not be able to pay for the new bridge, "
            + "which has been planned for more than ten years by the city and its partners.")]
    [InlineData(
        "de",
        "Der Rat hat am Dienstag mitgeteilt, dass er die neue Brücke nicht bezahlen kann, "
            + "die seit mehr als zehn Jahren von der Stadt und ihren Partnern geplant wird.")]
    [InlineData(
        "fr", "Le conseil a annoncé mardi qu'il ne pourrait pas payer le nouveau pont, qui est prévu depuis plus de dix ans par la ville et ses partenaires.")]
    [InlineData("es", "El consejo anunció el martes que no podrá pagar el nuevo puente, que la ciudad y sus socios han planeado durante más de diez años.")]
    [InlineData(
        "pt", "O conselho anunciou na terça-feira que não poderá pagar a nova ponte, que é planejada há mais de dez anos pela cidade e pelos seus parceiros.")]
    [InlineData(
        "it",
        "Il consiglio ha annunciato martedì che non potrà pagare il nuovo ponte, che è stato progettato per più di dieci anni dalla città e dai suoi partner.")]
    [InlineData(
        "nl",
        "De raad heeft dinsdag laten weten dat hij de nieuwe brug niet kan betalen, die al meer dan tien jaar door de stad en haar partners wordt voorbereid.")]
    [InlineData("sv", "Rådet meddelade på tisdagen att det inte kan betala för den nya bron, som har planerats i mer än tio år av staden och dess partner.")]
    [InlineData(
        "nb", "Rådet opplyste tirsdag at de ikke kan betale for den nye broen, som har vært planlagt i mer enn ti år av byen og partnerne etter mye debatt.")]
    [InlineData(
        "da",
        "Rådet oplyste tirsdag, at det ikke kan betale for den nye bro, som har været planlagt i mere end ti år af byen og dens partnere efter meget debat.")]
    [InlineData(
        "fi",
        "Valtuusto kertoi tiistaina, että se ei voi maksaa uutta siltaa, joka on ollut suunnitteilla yli kymmenen vuotta, "
            + "mutta työ on nyt kuitenkin alkamassa.")]
    [InlineData(
        "pl", "Rada poinformowała we wtorek, że nie może zapłacić za nowy most, który jest planowany od ponad dziesięciu lat przez miasto i jego partnerów.")]
    [InlineData("cs", "Rada v úterý oznámila, že nemůže zaplatit nový most, který je plánován již více než deset let a který by měl podle města stát u řeky.")]
    [InlineData(
        "hu", "A tanács kedden közölte, hogy nem tudja kifizetni az új hidat, amelyet a város és partnerei már több mint tíz éve terveznek, és ez nagyon sok.")]
    [InlineData(
        "ro", "Consiliul a anunțat marți că nu poate plăti pentru noul pod, care este planificat de mai mult de zece ani de oraș și de partenerii săi.")]
    [InlineData(
        "tr",
        "Belediye salı günü yaptığı açıklamada yeni köprü için ödeme yapamayacağını, "
            + "ancak bu konuda daha sonra bir karar alınacağını ve çok geç olmadığını bildirdi.")]
    [InlineData("vi", "Hội đồng cho biết hôm thứ Ba rằng họ không thể trả tiền cho cây cầu mới, đã được thành phố và các đối tác lên kế hoạch từ nhiều năm.")]
    [InlineData(
        "id",
        "Dewan kota mengatakan pada hari Selasa bahwa mereka tidak akan membayar jembatan baru yang telah direncanakan oleh kota dan mitra untuk lebih dari "
            + "sepuluh tahun ini.")]
    [InlineData(
        "ru", "Совет сообщил во вторник, что не может оплатить новый мост, который город и его партнёры планировали более десяти лет, но это ещё не всё.")]
    [InlineData(
        "uk", "Рада повідомила у вівторок, що не може оплатити новий міст, який місто та його партнери планували понад десять років, але це ще не все.")]
    [InlineData("bg", "Съветът съобщи във вторник, че не може да плати за новия мост, който се планира от повече от десет години от града и партньорите му.")]
    [InlineData(
        "sr", "Савет је саопштио у уторак да не може да плати нови мост који је планиран више од десет година и који ће град после градити са партнерима.")]
    [InlineData("el", "Το συμβούλιο ανακοίνωσε την Τρίτη ότι δεν μπορεί να πληρώσει τη νέα γέφυρα.")]
    [InlineData("ar", "أعلن المجلس يوم الثلاثاء أنه لا يمكن أن يدفع ثمن الجسر الجديد الذي كان مخططا له منذ أكثر من عشر سنوات في المدينة على النهر.")]
    [InlineData("fa", "شورای شهر روز سه‌شنبه اعلام کرد که نمی‌تواند هزینه پل جدید را بپردازد، این پل از بیش از ده سال پیش در این شهر برنامه‌ریزی شده است.")]
    [InlineData("he", "המועצה הודיעה ביום שלישי כי אינה יכולה לשלם עבור הגשר החדש.")]
    [InlineData("hi", "परिषद ने मंगलवार को कहा कि वह नए पुल के लिए भुगतान नहीं कर सकती है, जो दस साल से शहर और उसके साथ काम करने वालों की योजना में है।")]
    [InlineData("ja", "市議会は火曜日、新しい橋の費用を支払うことができないと発表した。")]
    [InlineData("zh", "市议会周二表示，无法支付新桥的费用，该桥已规划十多年。")]
    [InlineData("ko", "시의회는 화요일 새 다리 비용을 지불할 수 없다고 밝혔다.")]
    [InlineData(
        "sr",
        "Savet je u utorak saopštio da ne može da plati novi most koji je tokom više godina planiran između grada i sela, "
            + "a gde će se posle graditi takođe ne zna.")]
    [InlineData("km", "ក្រុមប្រឹក្សាក្រុងបានប្រកាសកាលពីថ្ងៃអង្គារថា ខ្លួនមិនអាចបង់ថ្លៃស្ពានថ្មីបានទេ។")]
    [InlineData("th", "สภาเมืองแถลงเมื่อวันอังคารว่าไม่สามารถจ่ายค่าสะพานใหม่ได้")]
    public void Running_text_tells_its_language(string language, string text) => LanguageDetector.Detect(text).ShouldBe(language);

    [Theory]
    [InlineData("")]
    [InlineData("12345 67890")]
    [InlineData("Lorem Ipsum GmbH")]
    public void Of_too_little_text_nothing_is_said(string text) => LanguageDetector.Detect(text).ShouldBeNull();

    [Theory]
    [InlineData("EN_us", "en-US")]
    [InlineData(" zh-hans-CN ", "zh-Hans-CN")]
    [InlineData("pt-BR, en", "pt-BR")]
    [InlineData("und", null)]
    [InlineData("english language", null)]
    [InlineData("", null)]
    public void Tags_are_spelt_in_the_usual_way(string stated, string? tag) => LanguageTag.Read(stated).ShouldBe(tag);
}
