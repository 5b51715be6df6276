using Ingest.Pages.Claims.People;

namespace Ingest.Pages.Tests.Claims;

public sealed class EastAsianBylineTests
{
    [Theory]
    [InlineData("作者：王小芳", "王小芳")]
    [InlineData("来源： 山口晚报 作者：王小芳 李大山", "王小芳; 李大山")]
    [InlineData("山口日报记者 王小芳 李大山", "王小芳; 李大山")]
    [InlineData("山口日报记者王小芳/文 受访者供图", "王小芳")]
    [InlineData("据山口社电（记者 卓玛边吉）记者近日从气象局了解到，大雪封山。", "卓玛边吉")]
    [InlineData("大雪下了一夜，最后一班公共汽车停在山下的村子里，乘客都平安。（王小芳 李大山）", "王小芳; 李大山")]
    [InlineData("文／王小芳", "王小芳")]
    [InlineData("王小芳/文", "王小芳")]
    [InlineData("记者近日从气象局了解到，大雪封山。", "")]
    [InlineData("记者招待会", "")]
    [InlineData("图文无关（资料图片）", "")]
    [InlineData("大雪下了一夜，最后一班公共汽车停在山下的村子里（见图）", "")]
    [InlineData("责任编辑：王小芳", "")]
    public void Chinese_bylines_name_people(string text, string names) => Names(text).ShouldBe(names);

    [Theory]
    [InlineData("홍길동 기자", "홍길동")]
    [InlineData("홍길동 기자 hong@site.example", "홍길동")]
    [InlineData("[산골=눈뉴스] 홍길동 기자 = 밤새 눈이 내렸다", "홍길동")]
    [InlineData("홍길동·김철수 기자", "홍길동; 김철수")]
    [InlineData("홍길동 경제전문기자", "홍길동")]
    [InlineData("홍길동기자", "홍길동")]
    [InlineData("박영희 특파원", "박영희")]
    [InlineData("경제부 기자", "")]
    [InlineData("홍길동 기자는 밤새 눈이 내렸다고 말했다", "")]
    [InlineData("기자회견이 열렸다", "")]
    public void Korean_bylines_name_people(string text, string names) => Names(text).ShouldBe(names);

    [Theory]
    [InlineData("文／山田太郎", "山田太郎")]
    [InlineData("文● 山田太郎", "山田太郎")]
    [InlineData("文●山田太郎", "山田太郎")]
    [InlineData("取材・文：山田太郎", "山田太郎")]
    [InlineData("文：山田 太郎", "山田 太郎")]
    [InlineData("一晩中雪が降り、最後のバスはふもとの村に止まった。【山田太郎、佐藤花子】", "山田太郎; 佐藤花子")]
    [InlineData("山田太郎記者", "山田太郎")]
    [InlineData("記者会見を開いた", "")]
    [InlineData("一晩中雪が降り、最後のバスはふもとの村に止まった。【写真】", "")]
    public void Japanese_bylines_name_people(string text, string names) => Names(text).ShouldBe(names);

    private static string Names(string text) => string.Join("; ", EastAsianByline.Names(text));
}
