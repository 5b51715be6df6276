using System.Text;

namespace Ingest.Text.Decoding;

/// <summary>Reads each byte that is no UTF-8 as its windows-1252 character.</summary>
internal sealed class Windows1252Fallback : DecoderFallback
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(EncodingLabels.Windows1252)!;

    public override int MaxCharCount => 4;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

    private sealed class Buffer : DecoderFallbackBuffer
    {
        private string _pending = "";
        private int _next;

        public override int Remaining => _pending.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            _pending = Windows1252.GetString(bytesUnknown);
            _next = 0;
            return _pending.Length > 0;
        }

        public override char GetNextChar() => _next < _pending.Length ? _pending[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0) return false;
            _next--;
            return true;
        }

        public override void Reset()
        {
            _pending = "";
            _next = 0;
        }
    }
}
