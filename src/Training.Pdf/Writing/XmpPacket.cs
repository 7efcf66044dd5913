using System.Globalization;
using System.Security;

namespace Training.Pdf.Writing;

/// <summary>The metadata packet of a file. It says nothing of conformance levels: no validator has confirmed any.</summary>
internal static class XmpPacket
{
    internal const string Producer = "Training.Pdf";

    internal static string Create(PdfDocumentInfo info) => string.Create(CultureInfo.InvariantCulture,
        $"""
        <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{SecurityElement.Escape(info.Title)}</rdf:li></rdf:Alt></dc:title>
        <dc:creator><rdf:Seq><rdf:li>{SecurityElement.Escape(info.Author)}</rdf:li></rdf:Seq></dc:creator>
        <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{SecurityElement.Escape(info.Subject)}</rdf:li></rdf:Alt></dc:description>
        <dc:language><rdf:Bag><rdf:li>{SecurityElement.Escape(info.Language)}</rdf:li></rdf:Bag></dc:language>
        <xmp:CreateDate>{info.Created:yyyy-MM-dd}</xmp:CreateDate><pdf:Producer>{Producer}</pdf:Producer>
        </rdf:Description></rdf:RDF></x:xmpmeta>
        <?xpacket end="r"?>
        """);
}
