"""Factur-X: an invoice as a PDF for people with the same invoice as XML inside, for programs.

Typst writes all of it but one thing, PDF/A-3 with tags and the attached file: what the metadata say
of the XML. That is added here, and not by the factur-x library, whose own metadata take the place
of those that declare PDF/UA. The library's schema is what the XML is held against.
"""

from io import BytesIO

from facturx import xml_check_xsd
from pypdf import PdfWriter
from pypdf.generic import StreamObject

from shopsite.lib.pdf import Standard

STANDARDS: tuple[Standard, ...] = ("a-3a", "ua-1")
FILE_NAME = "factur-x.xml"
IS_ARCHIVABLE = b"<pdfaid:part>3</pdfaid:part>"
NAMESPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
FIELDS = {
    "DocumentType": ("INVOICE", "Type of the hybrid document"),
    "DocumentFileName": (FILE_NAME, "Name of the embedded XML document"),
    "Version": ("1.0", "Version of the standard of the embedded XML document"),
    "ConformanceLevel": ("EN 16931", "Profile of the embedded XML document"),
}


class InvalidEInvoice(ValueError):
    """XML that is not what the schema of the profile allows."""


def check_xml(xml: bytes) -> None:
    """Holds it against the schema of EN 16931; raises InvalidEInvoice."""
    try:
        xml_check_xsd(xml, flavor="factur-x", level="en16931")
    except Exception as error:  # The library raises nothing narrower.
        raise InvalidEInvoice(str(error)) from error


def declare_factur_x(pdf: bytes) -> bytes:
    """The PDF with what its metadata have to say of its XML; the same PDF gives the same bytes.

    One that could not be made PDF/A, for want of a letter in all fonts, is returned as it is.
    """
    writer = PdfWriter(clone_from=BytesIO(pdf))
    metadata = writer.root_object["/Metadata"].get_object()
    assert isinstance(metadata, StreamObject)
    xmp = metadata.get_data()
    if IS_ARCHIVABLE not in xmp:
        return pdf
    metadata.set_data(_declared(xmp))
    writer.pdf_header = "%PDF-1.7"
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _declared(xmp: bytes) -> bytes:
    schemas, end = b"<pdfaExtension:schemas><rdf:Bag>", b"</rdf:RDF>"
    values = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, (value, _words) in FIELDS.items())
    description = f'<rdf:Description rdf:about="" xmlns:fx="{NAMESPACE}">{values}</rdf:Description>'
    xmp = xmp.replace(schemas, schemas + _schema().encode(), 1)
    return xmp.replace(end, description.encode() + end, 1)


def _schema() -> str:
    """PDF/A wants every field described that is not of its own standard."""
    fields = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{words}</pdfaProperty:description></rdf:li>"
        for name, (_value, words) in FIELDS.items()
    )
    return (
        '<rdf:li rdf:parseType="Resource">'
        "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>"
        "<pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{fields}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
