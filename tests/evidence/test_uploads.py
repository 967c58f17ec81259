"""A file of a form: checked, cleaned, kept under its digest; a wrong one is answered with a sentence and leaves nothing."""

import hashlib
import io
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from PIL import Image

from qinqing.evidence import actions, reads
from qinqing.evidence.actions import uploads
from qinqing.evidence.models import Attachment, Blob
from qinqing.kernel.errors import NotFound, Refused
from tests.cases.world import NOW
from tests.evidence.pictures import jpeg

if TYPE_CHECKING:
    from uuid import UUID

    from tests.cases.world import World


def bring(world: "World", who: str = "officer", name: str = "现场.jpg", content: bytes | None = None) -> "UUID":
    return actions.receive_upload(name, io.BytesIO(content or jpeg()), by=world.who[who], at=NOW)


class TestReceive:
    def test_keeps_a_picture_without_what_the_camera_wrote(self, world: "World") -> None:
        found = reads.photos([bring(world, content=jpeg(exif=True))])[0]
        with reads.open_bytes(found) as kept:
            content = kept.read()
        assert hashlib.sha256(content).hexdigest() == found.sha256
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.width, picture.height) == (40, 60), "set upright"
            assert not picture.getexif()
        assert (found.role, found.type, found.state, found.is_picture) == ("photo", "image/jpeg", "complete", True)

    def test_the_same_picture_twice_is_two_attachments_and_one_blob(self, world: "World") -> None:
        first, second = reads.photos([bring(world), bring(world)])
        assert first.id != second.id
        assert first.sha256 == second.sha256
        assert Blob.objects.count() == 1

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("大.jpg", b"\xff\xd8\xff" + b"x" * (40 * 1024 * 1024), "file_too_large"),
            ("苹果.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"x" * 50, "picture_heic"),
            ("改名.jpg", b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic" + b"x" * 50, "picture_heic"),
            ("坏.jpg", jpeg()[:200], "picture_broken"),
            ("空.jpg", b"", "file_empty"),
            ("页.html", b"<script>alert(1)</script>", "file_kind"),
        ],
    )
    def test_a_wrong_one_leaves_nothing(self, world: "World", name: str, content: bytes, code: str) -> None:
        with pytest.raises(Refused) as refused:
            actions.receive_upload(name, io.BytesIO(content), by=world.officer, at=NOW)
        assert refused.value.code == code
        assert name.split(".", maxsplit=1)[0] in refused.value.sentence
        assert not Attachment.objects.exists()
        assert not Blob.objects.exists()


class TestWhoLooks:
    def test_hung_on_a_firm_its_people_look_and_others_do_not(self, world: "World") -> None:
        photo = bring(world)
        assert actions.claim([str(photo), "kein"], enterprise_id=world.firms["lamp"], by=world.officer, at=NOW) == [
            photo
        ]
        for who in ("officer", "village", "clerk", "supervisor", "build"):
            assert reads.get_for(world.who[who], photo).id == photo
        for who in ("officer2", "village2", "owner", "owner2", "sysadmin", "discipline"):
            with pytest.raises(NotFound):
                reads.get_for(world.who[who], photo)

    def test_the_firm_looks_once_it_is_published(self, world: "World") -> None:
        photo, lamp = bring(world), world.firms["lamp"]
        actions.claim([photo], enterprise_id=lamp, by=world.officer, at=NOW)
        uploads.publish([photo], enterprise_id=lamp, by=world.village, at=NOW)
        assert reads.get_for(world.owner, photo)
        with pytest.raises(NotFound):
            reads.get_for(world.owner2, photo)

    def test_nobody_hangs_up_what_another_brought(self, world: "World") -> None:
        photo = bring(world)
        assert actions.claim([photo], enterprise_id=world.firms["mould"], by=world.officer2, at=NOW) == []
        assert Attachment.objects.get(pk=photo).enterprise_id is None

    def test_unknown_ids_are_left_out(self, world: "World") -> None:
        assert reads.photos([uuid4()]) == []
        with pytest.raises(NotFound):
            reads.get_for(world.clerk, uuid4())


def test_a_small_picture_is_made_on_asking(world: "World") -> None:
    found = reads.photos([bring(world, content=jpeg(900, 600))])[0]
    for _ in range(2):
        small = reads.open_thumb(found)
        assert small is not None
        with small, Image.open(small) as picture:
            assert max(picture.size) == 320
    paper = reads.photos([bring(world, name="证.pdf", content=b"%PDF-1.7\n%%EOF\n")])[0]
    assert reads.open_thumb(paper) is None
